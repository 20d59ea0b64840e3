package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.CALL;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CALL_TORN;
import static io.nmr.itests.kit.Moment.LATER;

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

    private final Journal journal;
    private final String name;
    private volatile boolean tornDown;

    public TestWords(Journal journal, String name) {
        this.journal = journal;
        this.name = name;
    }

    public ModuleId id() {
        return new ModuleId.Guid(UUID.nameUUIDFromBytes(name.getBytes()));
    }

    @Override
    public String say(String text) {
        journal.add(name, CALL);
        Hold hold = said;
        if (hold != null) {
            hold.pass();
        }
        journal.add(name, tornDown ? CALL_TORN : CALL_END);
        return name + ":" + text;
    }

    @Override
    public CompletionStage<String> later(String text) {
        journal.add(name, LATER);
        return later.apply(text);
    }

    public void setTornDown(boolean torn) {
        tornDown = torn;
    }

    public void checkNotTorn() {
        if (journal.count(name, CALL_TORN) > 0) {
            throw new AssertionError(name + " was torn down in the middle of a call:\n" + journal);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
