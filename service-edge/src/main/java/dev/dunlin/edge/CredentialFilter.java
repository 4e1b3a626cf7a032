package dev.dunlin.edge;

import dev.dunlin.protocol.ErrorCode;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the two sides of a service apart, by path and for every resource: {@code /internal} is for the services, whose token has scope {@code internal}; everything else
 * refuses that token. So a leaked service token publishes nothing, and a back end does not reach what only services need. Links have the same rule in connection-service.
 */
@Singleton
public final class CredentialFilter {
    private static final String INTERNAL_PATHS = "/internal";

    private final CurrentIdentityAssociation callers;
    private final Provider<InternalAccess> config;

    CredentialFilter(CurrentIdentityAssociation callers, Provider<InternalAccess> config) {
        this.callers = callers;
        this.config = config; // not read here: a native image makes the filters when it is built
    }

    /** Runs on the event loop or on the resource's thread; does not block. */
    @ServerRequestFilter
    public Uni<@Nullable Response> check(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        boolean internal = path.equals(INTERNAL_PATHS) || path.startsWith(INTERNAL_PATHS + "/");
        return callers.getDeferredIdentity().map(caller -> {
            if (internal) {
                requireService(caller);
            } else if (caller.getPrincipal() instanceof JsonWebToken token && TokenScopes.isInternal(token)) {
                throw new Refusal(ErrorCode.FORBIDDEN, "the internal credential is for /internal only");
            }
            return null;
        });
    }

    private void requireService(SecurityIdentity caller) {
        if (caller.isAnonymous() || !(caller.getPrincipal() instanceof JsonWebToken token)) {
            throw new UnauthorizedException();
        }
        if (!TokenScopes.isInternal(token) && !(config.get().acceptServerScope() && TokenScopes.isServer(token))) {
            throw new ForbiddenException();
        }
    }
}
