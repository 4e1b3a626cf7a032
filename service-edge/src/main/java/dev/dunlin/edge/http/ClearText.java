package dev.dunlin.edge.http;

import dev.dunlin.edge.rate.HttpSettings;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Turns HTTP/2 without TLS off unless it is configured. Gateways speak HTTP/1.1 to services, and an
 * h2c upgrade that a proxy forwards bypasses the rules of that proxy. With TLS,
 * {@code quarkus.http.http2} decides.
 */
@Singleton
final class ClearText implements HttpServerOptionsCustomizer {
    private final boolean h2c;

    ClearText(HttpSettings settings) {
        this.h2c = settings.h2c();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(h2c);
    }
}
