package io.nmr.itests.kit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What the registrar writes, or another logger. */
public final class CapturedLog extends Handler {

    /** That a callback was slow is none: on a busy machine every callback may be. */
    private static final List<String> TROUBLE = List.of("NMR103", "NMR11", "NMR202", "NMR303", "NMR4");

    private final Logger logger;
    private final Level levelBefore;
    private final List<String> records = new CopyOnWriteArrayList<>();
    private final Map<String, Throwable> thrown = new ConcurrentHashMap<>();

    public CapturedLog() {
        this("io.nmr.registrar");
    }

    public CapturedLog(String name) {
        logger = Logger.getLogger(name);
        levelBefore = logger.getLevel();
        setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord written) {
        if (written.getThrown() != null) {
            thrown.put(written.getMessage(), written.getThrown());
        }
        records.add(written.getMessage());
    }

    /** What the only record with this code shows the stack of. */
    public Throwable thrown(String code) {
        return thrown.get(only(code));
    }

    public void awaitAny(String code) {
        Await.until("a record " + code, () -> !all(code).isEmpty(), this);
    }

    public List<String> all(String code) {
        return records.stream().filter(line -> line.startsWith(code)).toList();
    }

    public List<String> all() {
        return List.copyOf(records);
    }

    /** Forgets what was written up to now. */
    public void clear() {
        records.clear();
    }

    /** The only record with this code. */
    public String only(String code) {
        List<String> found = all(code);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " records " + code + ", not one, in\n" + this);
        }
        return found.get(0);
    }

    /** Records about trouble, but for those with these codes. */
    public List<String> troubleBut(List<String> expected) {
        return records.stream()
                .filter(line -> TROUBLE.stream().anyMatch(line::startsWith))
                .filter(line -> expected.stream().noneMatch(line::startsWith))
                .toList();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(levelBefore);
    }

    @Override
    public String toString() {
        return records.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
