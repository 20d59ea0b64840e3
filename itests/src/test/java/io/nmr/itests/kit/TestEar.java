package io.nmr.itests.kit;

import io.nmr.api.ModuleId;
import io.nmr.itests.npi.WordsListener;
import java.util.UUID;

/** The callbacks of a typed client: it records them, and holds them where the test says so. */
public final class TestEar implements WordsListener {

    public volatile Hold heard;

    private final History history;
    private final String name;
    private volatile boolean tornDown;

    public TestEar(History history, String name) {
        this.history = history;
        this.name = name;
    }

    public ModuleId id() {
        return new ModuleId.Guid(UUID.nameUUIDFromBytes(name.getBytes()));
    }

    @Override
    public String heard(String text) {
        history.add(name, "hear");
        Hold hold = heard;
        if (hold != null) {
            hold.pass();
        }
        history.add(name, tornDown ? "hear.torn" : "hear.end");
        return name + ":" + text;
    }

    public void setTornDown(boolean torn) {
        tornDown = torn;
    }

    public void checkNotTorn() {
        if (history.count(name, "hear.torn") > 0) {
            throw new AssertionError(name + " was torn down in the middle of a callback:\n" + history);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
