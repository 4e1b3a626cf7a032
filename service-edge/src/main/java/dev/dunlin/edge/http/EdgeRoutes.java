package dev.dunlin.edge.http;

import dev.dunlin.edge.InternalAccess;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Registers the filters that all requests pass, in order. */
@Singleton
final class EdgeRoutes {
    /**
     * Ahead of the framework's filters. Authentication has 200, and its refusals need these headers
     * too.
     */
    private static final int FIRST = 1_000;
    /** Routes without an order have 0 or more. */
    private static final int BEFORE_OTHERS = -1;

    void filters(@Observes Filters filters, CorsSettings settings, InternalAccess internal) {
        filters.register(new SecurityHeaders(), FIRST);
        CorsOrigins origins = origins(settings);
        if (!origins.isEmpty()) {
            filters.register(new Cors(origins), FIRST - 1);
        }
        filters.register(new InternalPaths(internal.acceptServerScope()), FIRST - 2);
    }

    void management(@Observes ManagementInterface management, Router main) {
        management.router().route("/*").order(BEFORE_OTHERS).handler(routing -> InternalPaths.pass(routing, main));
    }

    private static CorsOrigins origins(CorsSettings settings) {
        try {
            return CorsOrigins.of(settings.origins().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
