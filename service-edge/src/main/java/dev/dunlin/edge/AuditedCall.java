package dev.dunlin.edge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call that belongs in the audit log.
 *
 * @param what the name of the call
 * @param on its target, a user or a channel; empty if there are many
 * @param onlyOfBackEnds whether only back ends are logged, because users make this call too
 */
record AuditedCall(String what, String on, boolean onlyOfBackEnds) {
    private enum Route {
        ERASE("DELETE", "/v1/users/([^/]+)/data", false),
        EXPORT("GET", "/v1/users/([^/]+)/export", false),
        END_SESSIONS("DELETE", "/v1/users/([^/]+)/sessions", false),
        PURGE("DELETE", "/v1/channels/([^/]+)", false),
        PUBLISH_MANY("POST", "/v1/publish()", false),
        PUBLISH("POST", "/v1/channels/([^/]+)/messages", true),
        SIGNAL("POST", "/v1/channels/([^/]+)/signals", true);

        private final String method;
        private final Pattern path;
        private final boolean onlyOfBackEnds;

        Route(String method, String path, boolean onlyOfBackEnds) {
            this.method = method;
            this.path = Pattern.compile(path + "/*"); // a resource also matches with trailing slashes
            this.onlyOfBackEnds = onlyOfBackEnds;
        }
    }

    /** Finds the call of a request; empty if it is not audited. */
    static Optional<AuditedCall> find(String method, String path, @Nullable String purge) {
        return Arrays.stream(Route.values())
                .filter(route -> route.method.equals(method))
                .filter(route -> route != Route.PURGE || "true".equals(purge))
                .flatMap(route -> {
                    Matcher matcher = route.path.matcher(path);
                    return matcher.matches()
                            ? Stream.of(new AuditedCall(
                                    route.name().toLowerCase(Locale.ROOT), matcher.group(1), route.onlyOfBackEnds))
                            : Stream.empty();
                })
                .findFirst();
    }
}
