package dev.dunlin.push.delivery.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.push.delivery.Exchange;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.endpoint.EndpointRefused;
import dev.dunlin.push.endpoint.EndpointUnknown;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Connects to the very address that {@link EndpointGuard} checked; certificate, SNI and
 * {@code Host} are those of the name. It uses HTTP/2 where the endpoint offers it, and keeps
 * connections by address and name. Up to {@value #MOST_ANSWER_BYTES} bytes of an answer's body are
 * read and discarded.
 *
 * <p>With an {@link EgressProxy} it names the host to the proxy, which resolves it by itself. The
 * guard still checks what this machine knows of the name, but the proxy decides.
 */
public final class VertxPost implements Post, Exchange {
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    /** Each has as many calls at once as the endpoint allows. */
    private static final int MOST_HTTP2_CONNECTIONS_A_HOST = 4;

    private final Vertx vertx;
    private final EndpointGuard guard;
    private final Duration timeout;
    private final Optional<EgressProxy> proxy;
    private final int connections;
    private final HttpClient secure;
    private final HttpClient plain;

    /**
     * {@code timeout} limits the connect and the answer, each. A call that takes twice as long in
     * all is cancelled.
     *
     * @param connections the most to a host with HTTP/1.1, where each call needs one. A call that
     *     waits for one may be late without a fault of the host, so be it as many as there are
     *     calls to a host at once
     */
    public VertxPost(Vertx vertx, EndpointGuard guard, Duration timeout, Optional<EgressProxy> proxy, int connections) {
        this(vertx, guard, timeout, proxy, connections, UnaryOperator.identity());
    }

    /** {@code change} changes the options of the clients: tests trust their own certificates. */
    VertxPost(
            Vertx vertx,
            EndpointGuard guard,
            Duration timeout,
            Optional<EgressProxy> proxy,
            int connections,
            UnaryOperator<HttpClientOptions> change) {
        this.vertx = vertx;
        this.guard = guard;
        this.timeout = timeout;
        this.proxy = proxy;
        this.connections = connections;
        this.secure = vertx.createHttpClient(
                change.apply(options().setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true)));
        this.plain = vertx.createHttpClient(change.apply(options()));
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setMaxPoolSize(connections)
                .setHttp2MaxPoolSize(MOST_HTTP2_CONNECTIONS_A_HOST)
                .setMaxRedirects(0);
    }

    @Override
    public Answer post(Endpoint endpoint, Map<String, String> headers, byte[] body) {
        return call(endpoint, headers, body, (request, response) -> Future.succeededFuture(discard(request, response)))
                .answer();
    }

    @Override
    public Reply send(Endpoint endpoint, Map<String, String> headers, byte[] body) {
        return call(endpoint, headers, body, VertxPost::read);
    }

    private Reply call(
            Endpoint endpoint,
            Map<String, String> headers,
            byte[] body,
            BiFunction<HttpClientRequest, HttpClientResponse, Future<Reply>> reader) {
        RequestOptions options;
        try {
            options = options(endpoint);
        } catch (EndpointRefused e) {
            return without(new Answer.Forbidden("the endpoint " + e.getMessage()));
        } catch (EndpointUnknown e) {
            return unanswered("the endpoint " + e.getMessage());
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return unanswered("dunlin.push.proxy.credentials-file cannot be read: " + e.getMessage());
        }
        headers.forEach(options::putHeader);
        HttpClient client = endpoint.secure() ? secure : plain;
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        client.request(options)
                .compose(request ->
                        request.send(Buffer.buffer(body)).compose(response -> reader.apply(request, response)))
                .onComplete(reply::complete, failure -> reply.complete(unanswered(failure)));
        return await(reply);
    }

    private RequestOptions options(Endpoint endpoint) throws EndpointRefused, EndpointUnknown {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.secure())
                .setURI(endpoint.target())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis())
                .putHeader("User-Agent", "dunlin-push");
        if (proxy.isPresent()) {
            guard.require(endpoint);
            return options.setProxyOptions(proxy.get().options());
        }
        InetAddress address = guard.check(endpoint);
        return options.setServer(SocketAddress.inetSocketAddress(endpoint.port(), address.getHostAddress()));
    }

    private Reply await(CompletableFuture<Reply> reply) {
        try {
            return reply.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unanswered("no answer in time");
        } catch (ExecutionException e) {
            return unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered("the service stops");
        }
    }

    private static Reply unanswered(Throwable failure) {
        return unanswered(Failures.reason(failure));
    }

    private static Reply unanswered(String reason) {
        return without(new Answer.Unanswered(reason));
    }

    private static Reply without(Answer answer) {
        return new Reply(answer, "");
    }

    private static Answer status(HttpClientResponse response) {
        String retryAfter = response.getHeader("Retry-After");
        return new Answer.Status(response.statusCode(), retryAfter == null ? "" : retryAfter.strip());
    }

    /**
     * On the connection's event loop. Discards the body, so that the connection can be reused. A
     * body that is too long or too slow closes the connection.
     */
    private Reply discard(HttpClientRequest request, HttpClientResponse response) {
        AtomicLong read = new AtomicLong();
        long timer = vertx.setTimer(timeout.toMillis(), _ -> request.reset());
        response.handler(bytes -> {
            if (read.addAndGet(bytes.length()) > MOST_ANSWER_BYTES) {
                request.reset();
            }
        });
        response.exceptionHandler(_ -> vertx.cancelTimer(timer));
        response.endHandler(_ -> vertx.cancelTimer(timer));
        return without(status(response));
    }

    /** On the connection's event loop. A longer body is cut off, and closes the connection. */
    private static Future<Reply> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Reply> reply = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(bytes -> {
            body.appendBuffer(bytes.slice(0, Math.min(bytes.length(), MOST_BYTES - body.length())));
            if (body.length() == MOST_BYTES) {
                reply.tryComplete(new Reply(status(response), body.toString(UTF_8)));
                request.reset();
            }
        });
        response.exceptionHandler(reply::tryFail);
        response.endHandler(_ -> reply.tryComplete(new Reply(status(response), body.toString(UTF_8))));
        return reply.future();
    }
}
