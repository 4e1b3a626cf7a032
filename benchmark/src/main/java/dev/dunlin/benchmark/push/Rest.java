package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The REST API of the suite's services, without the gateway. Thread-safe; blocks. */
final class Rest implements AutoCloseable {
    private static final int AT_ONCE = 32;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final BenchmarkSuite suite;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();

    Rest(BenchmarkSuite suite) {
        this.suite = suite;
    }

    /** The answer; throws {@link IOException} with the status if it is not 2xx. */
    String ask(String service, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(suite.stack().url(service) + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Something that is done for each of many things. */
    interface Call {
        void make(int number) throws IOException, InterruptedException;
    }

    /** Calls for each number from {@code from} to below {@code to}, many at once. */
    static void each(int from, int to, Call call) throws IOException, InterruptedException {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            calls.add(() -> {
                call.make(number);
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Boolean> made : threads.invokeAll(calls)) {
                var unused = made.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** For the metrics of a service. */
    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
