package dev.dunlin.edge.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.RouteRefusals;
import dev.dunlin.protocol.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Serves {@code /internal} on the management port only, with the same resources, filters and
 * authentication as the public port. The management router marks such a request and passes it to
 * the main router. The main router answers 404 to {@code /internal} without the mark. The mark is
 * an entry of the routing context, so a client cannot set it. During an upgrade from an earlier
 * version, the public port serves it too. Event loop.
 */
final class InternalPaths implements Handler<RoutingContext> {
    private static final String MARK = InternalPaths.class.getName();

    private final boolean onPublicPort;

    /** {@code onPublicPort}: whether the public port serves {@code /internal} as well. */
    InternalPaths(boolean onPublicPort) {
        this.onPublicPort = onPublicPort;
    }

    /** On the management router; {@code main} is the public one. */
    static void pass(RoutingContext management, Router main) {
        if (isInternal(management.normalizedPath())) {
            management.put(MARK, true);
            main.handleContext(management);
        } else {
            management.next();
        }
    }

    /** On the main router. */
    @Override
    public void handle(RoutingContext routing) {
        if (!onPublicPort && isInternal(routing.normalizedPath()) && routing.get(MARK) == null) {
            RouteRefusals.answer(
                    routing.response(), new RefusedException(ErrorCode.NOT_FOUND, "there is nothing at this path"));
        } else {
            routing.next();
        }
    }

    /**
     * Whether a path leads there in any reading: percent-encoded, with empty segments, with matrix
     * parameters, in capitals. No other resource begins with that word.
     */
    static boolean isInternal(String normalizedPath) {
        return Arrays.stream(decoded(normalizedPath).split("/", -1))
                .map(segment -> segment.split(";", 2)[0])
                .filter(segment -> !segment.isBlank())
                .findFirst()
                .filter("internal"::equalsIgnoreCase)
                .isPresent();
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path; // no resource has such a path
        }
    }
}
