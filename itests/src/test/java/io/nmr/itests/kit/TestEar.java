package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.HEAR;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.HEAR_TORN;

import io.nmr.api.ModuleId;
import io.nmr.itests.npi.WordsListener;
import java.util.UUID;

/** The callbacks of a typed client: it records them, and holds them where the test says so. */
public final class TestEar implements WordsListener {

    public volatile Hold heard;

    private final Journal journal;
    private final String name;
    private volatile boolean tornDown;

    public TestEar(Journal journal, String name) {
        this.journal = journal;
        this.name = name;
    }

    public ModuleId id() {
        return new ModuleId.Guid(UUID.nameUUIDFromBytes(name.getBytes()));
    }

    @Override
    public String heard(String text) {
        journal.add(name, HEAR);
        Hold hold = heard;
        if (hold != null) {
            hold.pass();
        }
        journal.add(name, tornDown ? HEAR_TORN : HEAR_END);
        return name + ":" + text;
    }

    public void setTornDown(boolean torn) {
        tornDown = torn;
    }

    public void checkNotTorn() {
        if (journal.count(name, HEAR_TORN) > 0) {
            throw new AssertionError(name + " was torn down in the middle of a callback:\n" + journal);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
