package dev.dunlin.connection.config;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Has the kernel close a connection whose peer confirms nothing for as long as a link may be silent
 * (TCP_USER_TIMEOUT, RFC 5482; only with Linux's native transport). Nothing else detects an event
 * stream whose client vanished: the client sends nothing anyway, and a heartbeat that enters the
 * socket buffer looks as if it had been delivered.
 */
@Singleton
public class TcpTimeout implements HttpServerOptionsCustomizer {
    private final Duration silence;

    @Inject
    TcpTimeout(ConnectionSettings settings) {
        this.silence = settings.link().heartbeat().multipliedBy(3);
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setTcpUserTimeout((int) silence.toMillis());
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setTcpUserTimeout((int) silence.toMillis());
    }
}
