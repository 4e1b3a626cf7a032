package dev.dunlin.client.rest;

import dev.dunlin.client.TokenCache;
import dev.dunlin.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one origin with the user's token on them; one that is worn out is renewed once.
 * Futures fail with {@link HttpRefused} for an answer that is no success, and with an
 * {@link java.io.IOException} without an answer. Thread-safe; does not block.
 */
public final class Http {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int UNAUTHORIZED = 401;
    /** What is longer is no problem document. */
    private static final long MOST_PROBLEM_BYTES = 1024 * 1024;

    private final HttpClient http;
    private final String origin;
    private final TokenCache tokens;

    /** {@code origin} is of {@code http:} or {@code https:}. */
    public Http(HttpClient http, URI origin, TokenCache tokens) {
        this.http = http;
        this.origin = origin.toString().replaceFirst("/+$", "");
        this.tokens = tokens;
    }

    /** Where requests go, without a slash at its end. */
    public String origin() {
        return origin;
    }

    private record Body<T>(@Nullable T good, String bad) {}

    /** Calls with a JSON body, or with none. */
    CompletableFuture<HttpResponse<byte[]>> call(String method, String target, @Nullable Object body) {
        HttpRequest.Builder request = request(target).timeout(TIMEOUT).header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        }
        return withToken(token -> http.sendAsync(bearing(request, token), HttpResponse.BodyHandlers.ofByteArray()))
                .thenApply(answer -> {
                    if (answer.statusCode() / 100 != 2) {
                        throw HttpRefused.of(
                                answer.statusCode(),
                                answer.body(),
                                answer.headers(),
                                answer.uri().getPath());
                    }
                    return answer;
                });
    }

    /**
     * Asks for something, without a time-out; {@code body} reads an answer of success, and it
     * alone. To cancel the future is to cancel the request, also while its answer is being read by
     * a publisher.
     */
    public <T> CompletableFuture<T> open(String target, Map<String, String> headers, BodyHandler<T> body) {
        HttpRequest.Builder request = request(target);
        headers.forEach(request::header);
        BodyHandler<Body<T>> both = info -> info.statusCode() / 100 == 2
                ? BodySubscribers.mapping(body.apply(info), good -> new Body<>(good, ""))
                : BodySubscribers.mapping(
                        new LimitedBody<>(BodySubscribers.ofString(StandardCharsets.UTF_8), MOST_PROBLEM_BYTES),
                        bad -> new Body<T>(null, bad));
        CompletableFuture<T> result = new CompletableFuture<>();
        var unused = withToken(token -> cancelledWith(result, http.sendAsync(bearing(request, token), both)))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(cause(failure));
                    } else if (answer.body().good() == null) {
                        result.completeExceptionally(HttpRefused.of(
                                answer.statusCode(),
                                answer.body().bad().getBytes(StandardCharsets.UTF_8),
                                answer.headers(),
                                answer.uri().getPath()));
                    } else {
                        result.complete(answer.body().good());
                    }
                });
        return result;
    }

    /** What failed, without the wrapping of futures. */
    public static Throwable cause(Throwable failure) {
        Throwable root = failure;
        while (root instanceof CompletionException && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private interface Exchange<T> {
        CompletableFuture<HttpResponse<T>> with(String token);
    }

    private <T> CompletableFuture<HttpResponse<T>> withToken(Exchange<T> exchange) {
        Supplier<CompletableFuture<HttpResponse<T>>> again =
                () -> tokens.renew().thenCompose(exchange::with);
        return tokens.current()
                .thenCompose(exchange::with)
                .thenCompose(answer ->
                        answer.statusCode() == UNAUTHORIZED ? again.get() : CompletableFuture.completedFuture(answer));
    }

    private static <T> CompletableFuture<T> cancelledWith(CompletableFuture<?> result, CompletableFuture<T> exchange) {
        var unused = result.whenComplete((done, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
        return exchange;
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(origin + target));
    }

    private static HttpRequest bearing(HttpRequest.Builder request, String token) {
        return request.copy().header("Authorization", "Bearer " + token).build();
    }
}
