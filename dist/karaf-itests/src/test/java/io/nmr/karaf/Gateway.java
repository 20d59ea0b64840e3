package io.nmr.karaf;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The sample gateway, over HTTP. */
final class Gateway {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    Gateway(int port) {
        this.port = port;
    }

    String lookup() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/lookup?address=192.0.2.1");
        if (answer.statusCode() != 200) {
            throw new AssertionError("HTTP " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    boolean isProvidedBy(int number) {
        try {
            return lookup().contains("\"provider\":" + number);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean hasInProgress(int calls) {
        try {
            return get("/status").body().contains("\"inProgress\":" + calls);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + query);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
