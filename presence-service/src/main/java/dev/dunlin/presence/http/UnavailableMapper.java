package dev.dunlin.presence.http;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What this service depends on is away: {@code unavailable}, to be tried again. */
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
