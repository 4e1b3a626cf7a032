package dev.dunlin.push.delivery.apns;

import dev.dunlin.engines.testing.SelfSignedCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * A server that does to a request what the script says, and answers 200 when the script is at its
 * end. For what Pushy's mock cannot do: GOAWAY, silence, and answers that it does not know.
 */
final class ScriptedHttp2 implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<Consumer<HttpServerRequest>> script = new ConcurrentLinkedQueue<>();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    ScriptedHttp2(SelfSignedCertificate certificate, int maxStreams) {
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(certificate.store().toString())
                                .setPassword(certificate.password()))
                        .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(maxStreams)))
                .requestHandler(this::serve)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    /** What happens to the next request that has no step yet. Called on the server's event loop. */
    void then(Consumer<HttpServerRequest> step) {
        script.add(step);
    }

    /** Answers with that status and reason, when the request has arrived. */
    void thenAnswer(int status, String reason) {
        then(request -> request.endHandler(
                _ -> request.response().setStatusCode(status).end("{\"reason\":\"" + reason + "\"}")));
    }

    /** All connections that had a request. */
    int connections() {
        return connections.size();
    }

    private void serve(HttpServerRequest request) {
        connections.add(request.connection());
        Consumer<HttpServerRequest> step = script.poll();
        if (step != null) {
            step.accept(request);
        } else {
            request.endHandler(_ -> request.response().end());
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
