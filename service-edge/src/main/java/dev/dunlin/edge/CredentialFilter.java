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
 * Separates the two kinds of credential by path, for every resource. Only a service token, with
 * scope {@code internal}, opens {@code /internal}; every other path refuses that token. So a leaked
 * service token publishes nothing, and a back end cannot call what is meant for services. Links
 * follow the same rule in connection-service.
 */
@Singleton
public final class CredentialFilter {
    private final CurrentIdentityAssociation callers;
    private final Provider<InternalAccess> config;

    CredentialFilter(CurrentIdentityAssociation callers, Provider<InternalAccess> config) {
        this.callers = callers;
        this.config = config; // not read here: a native image makes the filters when it is built
    }

    /** Runs on the event loop or on the resource's thread; does not block. */
    @ServerRequestFilter
    public Uni<@Nullable Response> check(ContainerRequestContext request) {
        boolean internal = RequestRules.isInternal(request.getUriInfo().getPath());
        return callers.getDeferredIdentity().map(caller -> {
            if (internal) {
                requireService(caller);
            } else if (caller.getPrincipal() instanceof JsonWebToken token && TokenScopes.isInternal(token)) {
                throw new RefusedException(ErrorCode.FORBIDDEN, "the internal credential is for /internal only");
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
