package dev.dunlin.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.http.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of a REST call as an RFC 9457 problem document with the protocol's code; a stack trace goes to the log only. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response refusal(Refusal refusal) {
        Response.ResponseBuilder response = respond(refusal.code(), text(refusal));
        refusal.retryAfter()
                .ifPresent(after -> response.header(
                        HttpHeaders.RETRY_AFTER, after.plusMillis(999).toSeconds()));
        return response.build();
    }

    @ServerExceptionMapper
    public Response invalidInput(InvalidInput invalid) {
        return respond(invalid.code(), text(invalid)).build();
    }

    @ServerExceptionMapper
    public Response mismatchedBody(MismatchedInputException unreadable) {
        return invalidInput(Json.explain(unreadable));
    }

    @ServerExceptionMapper
    public Response unreadableBody(JsonProcessingException unreadable) {
        return invalidInput(Json.explain(unreadable));
    }

    @ServerExceptionMapper
    public Response unauthenticated(UnauthorizedException missing) {
        return challenge("a token is required: Authorization: Bearer <JWT>");
    }

    @ServerExceptionMapper
    public Response unauthenticated(AuthenticationFailedException invalid) {
        return challenge("the token is not valid or has expired");
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException forbidden) {
        return respond(ErrorCode.FORBIDDEN, "the token does not allow this").build();
    }

    @ServerExceptionMapper
    public Response webApplication(WebApplicationException failure) {
        if (failure.getCause() instanceof Refusal refusal) {
            return refusal(refusal);
        }
        if (failure.getCause() instanceof JsonProcessingException unreadable) {
            return invalidInput(Json.explain(unreadable));
        }
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        ErrorCode code = codeOf(status);
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(
                        "about:blank",
                        failure.getResponse().getStatusInfo().getReasonPhrase(),
                        status,
                        text(failure),
                        code,
                        code.retryable()))
                .build();
    }

    @ServerExceptionMapper
    public Response anythingElse(Throwable failure) {
        LOG.error("a request failed", failure);
        return respond(ErrorCode.INTERNAL, "the service failed; its log says why")
                .build();
    }

    private static Response challenge(String detail) {
        return respond(ErrorCode.UNAUTHENTICATED, detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Response.ResponseBuilder respond(ErrorCode code, String detail) {
        return Response.status(code.httpStatus()).type(Problem.MEDIA_TYPE).entity(Problem.of(code, detail));
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 409 -> ErrorCode.CONFLICT;
            case 413 -> ErrorCode.TOO_LARGE;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
