package dev.dunlin.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.http.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers every failure of a REST call with an RFC 9457 problem document and a code of the
 * protocol. A stack trace goes to the log only.
 */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** The framework's stream of a request's body. */
    private static final String BODY = "org.jboss.resteasy.reactive.server.vertx.VertxInputStream";

    @ServerExceptionMapper
    public Response refusal(RefusedException refusal) {
        Problem problem = refusal.problem();
        Response.ResponseBuilder response = Response.status(problem.status()).entity(problem);
        refusal.headers().forEach(response::header);
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

    /**
     * Jackson reports a repeated field this way for a record that has no other setter; anything
     * else is a bug of ours.
     */
    @ServerExceptionMapper
    public Response repeatedField(InvalidDefinitionException failure) {
        if (!failure.getOriginalMessage().startsWith("No fallback setter")
                || failure.getPath().isEmpty()) {
            return anythingElse(failure);
        }
        String field = String.valueOf(failure.getPath().getLast().getFieldName());
        return respond(ErrorCode.BAD_REQUEST, field + ": must be given once").build();
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
    public Response wrongMethod(NotAllowedException failure, UriInfo uri) {
        return refusal(RouteRefusals.wrongMethod(AllowedMethods.at(uri)));
    }

    /**
     * The framework searches only one class that matches the path. If another class has the path
     * with other methods, the answer is 405.
     */
    @ServerExceptionMapper
    public Response notFound(NotFoundException failure, ContainerRequestContext request) {
        String allowed = AllowedMethods.at(request.getUriInfo());
        return allowed.isEmpty() || List.of(allowed.split(", ", -1)).contains(request.getMethod())
                ? webApplication(failure)
                : refusal(RouteRefusals.wrongMethod(allowed));
    }

    @ServerExceptionMapper
    public Response webApplication(WebApplicationException failure) {
        if (failure.getCause() instanceof RefusedException refusal) {
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
                        detail(status, failure),
                        code,
                        code.retryable()))
                .build();
    }

    /**
     * Sends nothing if the client disconnected before its request was complete: nobody would read
     * the answer.
     */
    @ServerExceptionMapper
    public Response brokenOff(IOException failure) {
        return Arrays.stream(failure.getStackTrace())
                        .limit(1)
                        .anyMatch(at -> at.getClassName().startsWith(BODY))
                ? respond(ErrorCode.BAD_REQUEST, "the connection closed before the request was read")
                        .build()
                : anythingElse(failure);
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

    /** Messages of the framework are for programmers, so the client gets these. */
    private static String detail(int status, WebApplicationException failure) {
        return switch (status) {
            case 404 -> "there is nothing at this path";
            case 415 -> "Content-Type: must be application/json";
            default ->
                failure.getCause() == null && text(failure).startsWith("HTTP ")
                        ? "a header or the path is malformed"
                        : text(failure);
        };
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
