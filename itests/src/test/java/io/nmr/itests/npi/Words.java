package io.nmr.itests.npi;

import java.util.concurrent.CompletionStage;

/** The typed NPI of these tests: what a provider offers. */
public interface Words {

    String say(String text);

    CompletionStage<String> later(String text);
}
