package io.nmr.itests.kit;

import io.nmr.api.ModuleId;
import io.nmr.itests.npi.Words;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a typed provider offers: it records the calls, and holds them where the test says so. */
public final class TestWords implements Words {

    public volatile Hold said;
    public volatile Function<String, CompletionStage<String>> later =
            text -> CompletableFuture.supplyAsync(() -> say(text));

    private final History history;
    private final String name;
    private volatile boolean tornDown;

    public TestWords(History history, String name) {
        this.history = history;
        this.name = name;
    }

    public ModuleId id() {
        return new ModuleId.Guid(UUID.nameUUIDFromBytes(name.getBytes()));
    }

    @Override
    public String say(String text) {
        history.add(name, "call");
        Hold hold = said;
        if (hold != null) {
            hold.pass();
        }
        history.add(name, tornDown ? "call.torn" : "call.end");
        return name + ":" + text;
    }

    @Override
    public CompletionStage<String> later(String text) {
        history.add(name, "later");
        return later.apply(text);
    }

    public void setTornDown(boolean torn) {
        tornDown = torn;
    }

    public void checkNotTorn() {
        if (history.count(name, "call.torn") > 0) {
            throw new AssertionError(name + " was torn down in the middle of a call:\n" + history);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
