package dev.dunlin.connection.config;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What the kernel is told of each connection. It ends one whose other end confirms nothing for as long as a silent link may stand (TCP_USER_TIMEOUT, RFC 5482; only with
 * Linux's own event notification): by this alone an event stream is found whose client is gone without a word, because it says nothing anyway, and a heartbeat that goes into
 * the socket looks as if it had been taken. And it keeps no more for a client that takes nothing than the node would.
 */
@Singleton
public class Sockets implements HttpServerOptionsCustomizer {
    private final ConnectionSettings.Link link;

    @Inject
    Sockets(ConnectionSettings settings) {
        this.link = settings.link();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setTcpUserTimeout((int) link.heartbeat().multipliedBy(3).toMillis());
        options.setSendBufferSize(link.sendBufferBytes());
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }
}
