package dev.dunlin.connection.config;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Has the kernel end a connection whose other end confirms nothing for as long as a silent link may stand (TCP_USER_TIMEOUT, RFC 5482; only with Linux's own event
 * notification). By this alone an event stream is found whose client is gone without a word: it says nothing anyway, and a heartbeat that goes into the socket looks as if it
 * had been taken.
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
