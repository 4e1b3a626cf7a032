package dev.dunlin.message.rest;

import dev.dunlin.message.command.StoreFailure;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** An unreachable store is {@code unavailable}, and not a fault of the service. */
public final class StoreFailureMapper {
    private static final Logger LOG = Logger.getLogger(StoreFailureMapper.class);

    @ServerExceptionMapper
    public Response unavailable(StoreFailure failure) {
        LOG.warnf("a request failed: %s", failure.getMessage());
        return Response.status(ErrorCode.UNAVAILABLE.httpStatus())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, 1)
                .entity(Problem.of(ErrorCode.UNAVAILABLE, "the store is unreachable; try again"))
                .build();
    }
}
