package dev.dunlin.push.delivery.vertx;

import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.endpoint.EndpointRefused;
import dev.dunlin.push.endpoint.EndpointUnknown;
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
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connects to the very address that {@link EndpointGuard} checked; certificate, SNI and
 * {@code Host} are those of the name. It uses HTTP/2 where the endpoint offers it, and keeps
 * connections by address and name. Up to {@value #MOST_ANSWER_BYTES} bytes of an answer's body are
 * read and discarded.
 */
public final class VertxPost implements Post {
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final int MOST_CONNECTIONS_A_HOST = 16;

    private final Vertx vertx;
    private final EndpointGuard guard;
    private final Duration timeout;
    private final HttpClient secure;
    private final HttpClient plain;

    /**
     * {@code timeout} limits the connect and the answer, each. A call that takes twice as long in
     * all is cancelled.
     */
    public VertxPost(Vertx vertx, EndpointGuard guard, Duration timeout) {
        this.vertx = vertx;
        this.guard = guard;
        this.timeout = timeout;
        this.secure = vertx.createHttpClient(
                options().setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true));
        this.plain = vertx.createHttpClient(options());
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setMaxPoolSize(MOST_CONNECTIONS_A_HOST)
                .setMaxRedirects(0);
    }

    @Override
    public Answer post(Endpoint endpoint, Map<String, String> headers, byte[] body) {
        try {
            return post(endpoint, guard.check(endpoint), headers, body);
        } catch (EndpointRefused e) {
            return new Answer.Forbidden("the endpoint " + e.getMessage());
        } catch (EndpointUnknown e) {
            return new Answer.Unanswered("the endpoint " + e.getMessage());
        }
    }

    private Answer post(Endpoint endpoint, InetAddress address, Map<String, String> headers, byte[] body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), address.getHostAddress()))
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.secure())
                .setURI(endpoint.target())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis())
                .putHeader("User-Agent", "dunlin-push");
        headers.forEach(options::putHeader);
        HttpClient client = endpoint.secure() ? secure : plain;
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)).map(response -> status(request, response)))
                .onComplete(answer::complete, failure -> answer.complete(unanswered(failure)));
        return await(answer);
    }

    private Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Answer.Unanswered("no answer in time");
        } catch (ExecutionException e) {
            return unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unanswered("the service stops");
        }
    }

    private static Answer unanswered(Throwable failure) {
        return new Answer.Unanswered(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    /**
     * On the connection's event loop. Discards the body, so that the connection can be reused. A
     * body that is too long or too slow closes the connection.
     */
    private Answer status(HttpClientRequest request, HttpClientResponse response) {
        AtomicLong read = new AtomicLong();
        long timer = vertx.setTimer(timeout.toMillis(), _ -> request.reset());
        response.handler(bytes -> {
            if (read.addAndGet(bytes.length()) > MOST_ANSWER_BYTES) {
                request.reset();
            }
        });
        response.exceptionHandler(_ -> vertx.cancelTimer(timer));
        response.endHandler(_ -> vertx.cancelTimer(timer));
        String retryAfter = response.getHeader("Retry-After");
        return new Answer.Status(response.statusCode(), retryAfter == null ? "" : retryAfter.strip());
    }
}
