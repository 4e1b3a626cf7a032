package dev.dunlin.presence.http;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers {@code unavailable} when a service or engine is unreachable; the client may retry. */
public final class UnavailableMapper {
    @ServerExceptionMapper
    public Response unavailable(PresenceUnavailable failure) {
        return Response.status(ErrorCode.UNAVAILABLE.httpStatus())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, 1)
                .entity(Problem.of(ErrorCode.UNAVAILABLE, String.valueOf(failure.getMessage())))
                .build();
    }
}
