package dev.dunlin.push.delivery.vertx;

import dev.dunlin.push.delivery.ProviderClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks HTTP/2 where the provider offers it, and then many calls share a connection, up to the
 * number of streams that the provider allows. If a call gets no answer in time, its connection must
 * answer a ping, or it is closed: a connection can die without notice, and its next calls would
 * fail too. The calls of a closed connection fail at once.
 */
public final class VertxProviderClient implements ProviderClient {
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    /** Shorter than the time after which routers forget an idle connection. */
    private static final int KEEP_IDLE_SECONDS = 300;
    /** The server did not process the request (RFC 9113 section 7). */
    private static final long REFUSED_STREAM = 7;

    private final Vertx vertx;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * {@code timeout} limits the connect and the answer, each.
     *
     * @param connections the most to a host, with HTTP/2
     * @param calls how many there are at once; as many connections to a host without HTTP/2
     * @param trust a PEM file of certificates to trust instead of the platform's
     */
    public VertxProviderClient(Vertx vertx, Duration timeout, int connections, int calls, Optional<Path> trust) {
        this.vertx = vertx;
        this.timeout = timeout;
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setSsl(true)
                .setConnectTimeout((int) timeout.toMillis())
                .setHttp2MaxPoolSize(connections)
                .setHttp2KeepAliveTimeout(KEEP_IDLE_SECONDS)
                .setMaxPoolSize(calls)
                .setMaxRedirects(0);
        trust.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(options);
    }

    @Override
    public Reply post(URI uri, Map<String, String> headers, byte[] body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(uri.getHost())
                .setPort(uri.getPort() < 0 ? 443 : uri.getPort())
                .setSsl(true)
                .setURI(uri.getRawPath())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis());
        headers.forEach(options::putHeader);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Buffer bytes = Buffer.buffer(body);
        call(options, bytes)
                .recover(failure -> isCutOff(failure) ? call(options, bytes) : Future.failedFuture(failure))
                .onComplete(reply::complete, failure -> reply.complete(new Reply.Unanswered(Failures.reason(failure))));
        return await(reply);
    }

    @Override
    public void close() {
        vertx.setTimer(2 * timeout.toMillis(), _ -> client.close());
    }

    private Future<Reply> call(RequestOptions options, Buffer body) {
        return client.request(options)
                .compose(request -> request.send(body)
                        .compose(response -> read(request, response))
                        .onFailure(failure -> {
                            if (Failures.isTimeout(failure)) {
                                closeUnlessAlive(request.connection());
                            }
                        }));
    }

    private static Future<Reply> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Reply> reply = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(bytes -> {
            body.appendBuffer(bytes);
            if (body.length() > MOST_ANSWER_BYTES) {
                request.reset();
                reply.tryFail("an answer of more than " + MOST_ANSWER_BYTES + " bytes");
            }
        });
        response.exceptionHandler(reply::tryFail);
        String retryAfter = response.getHeader("retry-after");
        response.endHandler(_ -> reply.tryComplete(new Reply.Answered(
                response.statusCode(), retryAfter == null ? "" : retryAfter.strip(), body.toString())));
        return reply.future();
    }

    /** HTTP/1.1 has no ping, but there Vert.x closes the connection of a request that it resets. */
    private void closeUnlessAlive(HttpConnection connection) {
        try {
            Future<Buffer> pong = connection.ping(Buffer.buffer(new byte[8]));
            long timer = vertx.setTimer(timeout.toMillis() / 2, _ -> connection.close());
            pong.onSuccess(_ -> vertx.cancelTimer(timer));
        } catch (UnsupportedOperationException e) {
            connection.close();
        }
    }

    private Reply await(CompletableFuture<Reply> reply) {
        try {
            return reply.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Reply.Unanswered("no answer in time");
        } catch (ExecutionException e) {
            return new Reply.Unanswered(Failures.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unanswered("the service stops");
        }
    }

    /** The connection ended before the answer, as it does when the provider shuts a server down. */
    private static boolean isCutOff(Throwable failure) {
        return failure instanceof HttpClosedException
                || (failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM);
    }
}
