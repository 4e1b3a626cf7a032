package dev.dunlin.edge;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Refuses paths that a URL parser folds into another one, before a resource matches. A parser turns
 * {@code …/messages/1/reactions/..} into {@code …/messages/1/}. So {@code DELETE}, {@code PATCH}
 * and {@code PUT} match no path with a trailing slash. A request that still has the dots gets
 * {@code bad_request}.
 */
public final class FoldedPaths {
    private static final Set<String> EXACT = Set.of(HttpMethod.DELETE, HttpMethod.PATCH, HttpMethod.PUT);

    /** Reads the raw path: the framework matches one that is already folded. */
    @ServerRequestFilter(preMatching = true)
    public void refuse(ResteasyReactiveContainerRequestContext request) {
        String path = ((ResteasyReactiveRequestContext) request.getServerRequestContext())
                .serverRequest()
                .getRequestPath();
        String[] segments = path.split("/", -1);
        if (Arrays.stream(segments).anyMatch(FoldedPaths::isDots)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "the path: must not have . or .. as a segment");
        }
        if (EXACT.contains(request.getMethod())
                && plain(segments[segments.length - 1]).isEmpty()) {
            throw new NotFoundException();
        }
    }

    private static boolean isDots(String segment) {
        return PathSegment.isFolded(plain(segment));
    }

    /** Without matrix parameters, which the matching ignores. */
    private static String plain(String segment) {
        int parameters = segment.indexOf(';');
        return parameters < 0 ? segment : segment.substring(0, parameters);
    }
}
