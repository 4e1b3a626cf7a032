package dev.dunlin.edge;

import dev.dunlin.protocol.Json;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Writes each privileged call, done or refused, as one line of JSON to the log category
 * {@code dunlin.audit}: see docs/operations.md. A line has the caller, the call, its target and its
 * outcome, and never the content of a message. {@link AuditedCall} lists the calls.
 */
@Singleton
public final class AuditLog {
    private static final Logger LOG = Logger.getLogger("dunlin.audit");

    private final CurrentIdentityAssociation callers;
    private final Caller caller;

    @Inject
    AuditLog(CurrentIdentityAssociation callers, Caller caller) {
        this.callers = callers;
        this.caller = caller;
    }

    /** Runs when the answer is known. Does not block. */
    @ServerResponseFilter
    public Uni<Void> record(ContainerRequestContext request, ContainerResponseContext response) {
        AuditedCall call = AuditedCall.find(
                        request.getMethod(),
                        request.getUriInfo().getPath(),
                        request.getUriInfo().getQueryParameters().getFirst("purge"))
                .orElse(null);
        if (call == null) {
            return Uni.createFrom().voidItem();
        }
        String trace = caller.trace().toString();
        return callers.getDeferredIdentity()
                .onFailure()
                .recoverWithNull()
                .invoke(who -> write(call, who, trace, response.getStatus()))
                .replaceWithVoid();
    }

    private static void write(AuditedCall call, @Nullable SecurityIdentity who, String trace, int status) {
        @Nullable
        JsonWebToken token = who != null && who.getPrincipal() instanceof JsonWebToken verified && !who.isAnonymous()
                ? verified
                : null;
        if (call.onlyOfBackEnds() && (token == null || !TokenScopes.isServer(token))) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("who", token == null ? "" : String.valueOf(token.getSubject()));
        line.put(
                "scope",
                token == null
                        ? ""
                        : String.join(
                                " ", TokenScopes.of(token).stream().sorted().toList()));
        line.put("what", call.what());
        line.put("on", call.on());
        line.put("outcome", outcome(status));
        line.put("status", status);
        line.put("traceId", trace);
        LOG.info(Json.tree(line).toString());
    }

    private static String outcome(int status) {
        return status < 400 ? "done" : status < 500 ? "refused" : "failed";
    }
}
