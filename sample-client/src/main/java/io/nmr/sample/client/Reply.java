package io.nmr.sample.client;

import io.nmr.typed.NoProviderException;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers headers of its own
 * @param body the JSON text
 */
record Reply(int status, Map<String, String> headers, String body) {

    static Reply ok(Json body) {
        return new Reply(200, Map.of(), body.toString());
    }

    static Reply badRequest(String message) {
        return new Reply(400, Map.of(), error(message));
    }

    static Reply notFound(String path) {
        return new Reply(404, Map.of(), error("there is no " + path));
    }

    static Reply methodNotAllowed(String method) {
        return new Reply(405, Map.of("Allow", "GET"), error("GET expected, not " + method));
    }

    /** A call failed, or nobody took it; a stage wraps what it failed with. */
    static Reply failed(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        Throwable cause = wrapped ? failure.getCause() : failure;
        String message = error(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        return cause instanceof NoProviderException
                ? new Reply(503, Map.of("Retry-After", "1"), message)
                : new Reply(500, Map.of(), message);
    }

    private static String error(String message) {
        return new Json().with("error", message).toString();
    }
}
