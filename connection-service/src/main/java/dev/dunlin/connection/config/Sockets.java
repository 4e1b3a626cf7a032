package dev.dunlin.connection.config;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Sets the socket options of each connection. With TCP_USER_TIMEOUT (RFC 5482; only with Linux's
 * native transport) the kernel closes a connection whose peer confirms nothing for as long as a
 * link may be silent. Nothing else detects an event stream whose client vanished: the client sends
 * nothing anyway, and a heartbeat that enters the socket buffer looks as if it had been delivered.
 * The send buffer bounds what the kernel keeps for a client that reads nothing.
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
