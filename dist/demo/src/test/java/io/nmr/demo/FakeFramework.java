package io.nmr.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands in for the distribution: speaks like Gogo on stdin, serves the gateway, drains as its {@link Mode} says. */
final class FakeFramework {
    enum Mode {
        HONEST, DIES, MUTE, NOT_SERVING, NO_RECORD, UNREADABLE, TWICE, IDLE, OVERDUE, HANGING_STOP, FAILED_START,
        FAILED_INSTALL, FAILED_UPDATE, STAYING, FAILED_RECORDER, UNRECORDED, GARBLED, BROKEN_RULE
    }

    private static final Pattern INSTALL = Pattern.compile(
            "install 'file:.*/(?:io\\.nmr\\.sample\\.provider-([12]\\.0\\.0)|recorder)\\.jar'");
    private static final Pattern UPDATE = Pattern.compile(
            "demo:leaves (\\d+) ; update (\\d+) 'file:.*/io\\.nmr\\.sample\\.provider-([12]\\.0\\.0)\\.jar'");
    private static final Pattern SWAP = Pattern.compile("start (\\d+) ; (?:demo:leaves (\\d+) ; )?stop (\\d+)");
    private static final Pattern UNINSTALL = Pattern.compile("uninstall (\\d+)");

    private static final long RECORDER = 99;

    private final Mode mode;
    private final FakeHistory history;
    private final Map<Long, FakeProvider> bundles = new TreeMap<>();
    private final FakeGateway gateway = new FakeGateway(Integer.getInteger("nmr.sample.delay"));
    private long ids = 5;

    private FakeFramework(Mode mode) {
        this.mode = mode;
        history = new FakeHistory(mode);
    }

    public static void main(String[] arguments) throws IOException {
        Mode mode = mode();
        if (mode == Mode.DIES) {
            System.err.println("java.lang.IllegalStateException: no framework today");
            System.exit(7);
        }
        new FakeFramework(mode).run();
    }

    private static Mode mode() throws IOException {
        try (InputStream in = FakeFramework.class.getResourceAsStream("/mode")) {
            return Mode.valueOf(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void run() throws IOException {
        start(install("1.0.0"));
        if (mode != Mode.NOT_SERVING) {
            serve();
        }
        System.out.print("____________________________\r\nWelcome to Apache Felix Gogo\r\n\r\ng! ");
        System.out.flush();
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines().forEach(this::command);
        System.exit(0);
    }

    private void serve() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int port = Integer.getInteger("nmr.sample.port");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/lookup", exchange -> {
            byte[] body = gateway.lookup().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(gateway.status(body), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private void command(String line) {
        if (mode != Mode.MUTE) {
            answer(line);
            System.out.print("g! ");
            System.out.flush();
        }
    }

    private void answer(String line) {
        Matcher install = INSTALL.matcher(line);
        Matcher swap = SWAP.matcher(line);
        Matcher update = UPDATE.matcher(line);
        Matcher uninstall = UNINSTALL.matcher(line);
        if (install.matches()) {
            boolean fails = mode == Mode.FAILED_INSTALL;
            System.out.println(fails ? "java.io.FileNotFoundException: gone" : "Bundle ID: " + installed(install.group(1)));
        } else if (swap.matches()) {
            swap(Long.parseLong(swap.group(1)), swap.group(2), Long.parseLong(swap.group(3)));
        } else if (update.matches()) {
            history.leaves(Long.parseLong(update.group(1)));
            update(Long.parseLong(update.group(2)), update.group(3));
        } else if (uninstall.matches()) {
            bundles.remove(Long.parseLong(uninstall.group(1)));
        } else {
            other(line);
        }
    }

    private void other(String line) {
        switch (line) {
            case "lb -s io.nmr.sample.provider" -> list();
            case "start 99" -> startRecorder();
            case "demo:end" -> history.end();
            case "exit 0" -> exit();
            default -> System.out.println(
                    line.startsWith("echo ") ? line.substring(5) : "gogo: CommandNotFoundException: " + line);
        }
    }

    private void startRecorder() {
        if (mode == Mode.FAILED_RECORDER) {
            System.out.println("org.osgi.framework.BundleException: Activator start error");
        } else {
            history.begin(bundles.keySet().iterator().next());
            System.out.println(); // as Gogo does
        }
    }

    private void exit() {
        if (mode != Mode.STAYING) {
            System.exit(0);
        }
    }

    private void list() {
        System.out.println("START LEVEL 1\n   ID|State      |Level|Symbolic name");
        bundles.forEach((id, provider) -> System.out.printf("%5d|%-11s|    1|io.nmr.sample.provider (%s)|%s%n",
                id, provider.state(), provider.version(), provider.version()));
        System.out.println();
    }

    /** No version, that is the recorder. */
    private long installed(String version) {
        return version == null ? RECORDER : install(version);
    }

    private long install(String version) {
        bundles.put(ids, new FakeProvider(version));
        return ids++;
    }

    private void start(long id) {
        bundles.get(id).start();
        history.start(id);
        gateway.use(bundles.get(id));
    }

    private FakeProvider oldest() {
        return bundles.values().iterator().next();
    }

    private void swap(long started, String leaving, long stopped) {
        if (mode == Mode.FAILED_START) {
            System.out.println("org.osgi.framework.BundleException: Activator start error");
            return;
        }
        if (started != stopped) {
            bundles.get(stopped).hold();
        }
        start(started);
        gateway.use(started == stopped ? oldest() : bundles.get(started));
        if (leaving != null) {
            history.leaves(Long.parseLong(leaving));
        }
        stop(stopped);
        if (started != stopped) {
            hangIfAsked();
        }
    }

    /** The lookups that find the old one closed wait until the new one is in its place. */
    private void update(long id, String version) {
        if (mode == Mode.FAILED_UPDATE) {
            System.out.println("org.osgi.framework.BundleException: Unable to update");
            return;
        }
        bundles.get(id).hold();
        stop(id);
        bundles.put(id, new FakeProvider(version));
        start(id);
    }

    private void stop(long stopped) {
        long begin = System.nanoTime();
        int calls = mode == Mode.IDLE ? 0 : bundles.get(stopped).calls();
        boolean drain = Integer.getInteger("nmr.detach.timeout", 20_000) > 0;
        if (drain) {
            bundles.get(stopped).drain();
        }
        log(stopped, drain && mode != Mode.OVERDUE, (System.nanoTime() - begin) / 1_000_000, calls);
        history.stop(stopped, drain);
        bundles.get(stopped).stop();
    }

    private void hangIfAsked() {
        if (mode == Mode.HANGING_STOP) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }

    private void log(long id, boolean drained, long millis, int calls) {
        String bundle = "io.nmr.sample.provider " + bundles.get(id).version() + " [" + id + "] ";
        String counts = " ms: modules 1, bindings 1, calls in progress at its start " + calls;
        String record = drained
                ? "12:00:00.123 INFO NMR201 Drained " + bundle + "in " + millis + counts
                : "12:00:00.123 WARNING NMR202 Overdue: " + bundle + "goes on stopping after " + millis + counts
                        + "; still detaching: a binding";
        System.err.print(printed(record + System.lineSeparator()));
    }

    private String printed(String record) {
        return Map.of(Mode.NO_RECORD, "", Mode.UNREADABLE, record.replace("modules", "modulez"), Mode.TWICE, record + record)
                .getOrDefault(mode, record);
    }
}
