package dev.dunlin.edge;

import dev.dunlin.edge.rate.RequestRates;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Counts each REST request for its user, once the token is verified. The token of a back end is
 * remembered instead, see {@link RequestRates#trust}. Calls of other services do not count.
 */
@Singleton
public class CallerRates {
    private final Provider<RequestRates> rates;
    private final Caller caller;
    private final JsonWebToken token;

    @Inject
    CallerRates(Provider<RequestRates> rates, Caller caller, JsonWebToken token) {
        this.rates = rates; // not read here: filters are made before the settings are known
        this.caller = caller;
        this.token = token;
    }

    @ServerRequestFilter
    public void count(ContainerRequestContext request) {
        if (RequestRules.isInternal(request.getUriInfo().getPath())
                || request.getSecurityContext().getUserPrincipal() == null) {
            return;
        }
        if (caller.server()) {
            rates.get().trust(token.getRawToken(), token.getExpirationTime());
        } else {
            rates.get().count(caller.user());
        }
    }
}
