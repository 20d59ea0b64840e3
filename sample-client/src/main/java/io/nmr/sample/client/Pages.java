package io.nmr.sample.client;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.GloballyReachable;
import io.nmr.typed.AttachedModule;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** What the gateway answers: {@code /lookup?address=…[&async=true]} and {@code /status}. */
final class Pages {

    private static final int LONGEST_ECHO = 64;

    private final LookupClient client;
    private final Executor executor;

    /** @param executor where replies to asynchronous lookups are made, so that no provider's thread does it */
    Pages(LookupClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    /** @throws RuntimeException what a lookup throws */
    CompletionStage<Reply> get(String method, URI uri) {
        String path = String.valueOf(uri.getPath());
        if (!path.equals("/lookup") && !path.equals("/status")) {
            return completed(Reply.notFound(path));
        }
        if (!method.equals("GET")) {
            return completed(Reply.methodNotAllowed(method));
        }
        return path.equals("/status") ? completed(status()) : lookup(uri);
    }

    private CompletionStage<Reply> lookup(URI uri) {
        String text = parameter(uri, "address");
        Optional<InetAddress> address = AddressFamily.parse(text);
        if (address.isEmpty()) {
            String echo = text.length() > LONGEST_ECHO ? text.substring(0, LONGEST_ECHO) + "…" : text;
            return completed(Reply.badRequest("address=" + echo + ": an IPv4 or IPv6 address expected"));
        }
        return parameter(uri, "async").equals("true")
                ? client.lookupAsync(address.get()).thenApplyAsync(answer -> answered(text, answer), executor)
                : completed(answered(text, client.lookup(address.get())));
    }

    private Reply status() {
        return Reply.ok(new Json().with("providers", client.providers().stream().map(Pages::status).toList()));
    }

    private static Json status(AttachedModule provider) {
        return new Json()
                .with("provider", provider.description().number())
                .with("families", provider.description().characteristics(AddressFamilies.class).families())
                .with("inProgress", provider.callsInProgress());
    }

    private static Reply answered(String text, Answer answer) {
        Json json = new Json().with("address", text).with("found", answer.block().isPresent());
        answer.block().ifPresent(block -> describe(block, json));
        return Reply.ok(json.with("provider", answer.provider()));
    }

    private static void describe(AddressBlock block, Json json) {
        json.with("prefix", block.prefix())
                .with("name", block.name())
                .with("rfc", block.rfc())
                .with("globallyReachable", truth(block.globallyReachable()));
    }

    /** Null where the question does not apply. */
    private static Boolean truth(GloballyReachable globallyReachable) {
        return switch (globallyReachable) {
            case YES -> true;
            case NO -> false;
            case NOT_APPLICABLE -> null;
        };
    }

    /** The first value of a parameter, or the empty text. */
    private static String parameter(URI uri, String name) {
        return Stream.ofNullable(uri.getRawQuery())
                .flatMap(query -> Stream.of(query.split("&")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static CompletionStage<Reply> completed(Reply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
