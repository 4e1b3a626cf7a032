package dev.dunlin.edge.http;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Pages of which origins may call this service. */
@ConfigMapping(prefix = "dunlin.cors")
interface CorsSettings {
    /**
     * Origins whose pages may call, as {@code https://chat.example.org}; {@code http://localhost:*}
     * is every port, {@code *} everybody. Only an origin that is named in full may send cookies. No
     * answer carries CORS headers if absent.
     */
    Optional<List<String>> origins();
}
