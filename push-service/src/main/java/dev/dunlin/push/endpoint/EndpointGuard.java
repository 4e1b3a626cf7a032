package dev.dunlin.push.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Keeps users from making this service call into its own network (server-side request forgery). A
 * host is resolved once for a call, and each of its addresses must be public. The caller then
 * connects to the checked address, not to the name. So a name that resolves differently a moment
 * later (DNS rebinding) has no effect.
 *
 * <p>If calls go through a proxy, the proxy connects, to what it resolves the name to. Then only
 * the proxy can keep out private addresses; this check is a second one.
 *
 * <p>One case remains: an address that is public by its number but routed inside this network. Only
 * a firewall can know those.
 */
public final class EndpointGuard {
    private final Resolver resolver;
    private final boolean allowPrivate;
    private final boolean proxied;

    /**
     * With {@code allowPrivate} everything may be called, also without TLS: for a stack on one
     * machine, and tests. {@code proxied}: a proxy resolves the names.
     */
    public EndpointGuard(Resolver resolver, boolean allowPrivate, boolean proxied) {
        this.resolver = resolver;
        this.allowPrivate = allowPrivate;
        this.proxied = proxied;
    }

    /** A guard for calls without a proxy. */
    public EndpointGuard(Resolver resolver, boolean allowPrivate) {
        this(resolver, allowPrivate, false);
    }

    /** Returns the address to connect to. Blocks for a name look-up. */
    public InetAddress check(Endpoint endpoint) throws EndpointRefused, EndpointUnknown {
        if (!allowPrivate && !endpoint.secure()) {
            throw new EndpointRefused("must be an https URL");
        }
        InetAddress[] addresses = resolve(endpoint);
        for (InetAddress address : addresses) {
            if (!allowPrivate && !PublicAddresses.contain(address)) {
                throw new EndpointRefused("must be a URL of a host on the public internet");
            }
        }
        return addresses[0];
    }

    /**
     * Checks without a need for the address. If a proxy resolves the names, one that this machine
     * does not know is allowed. Blocks for a name look-up.
     */
    public void require(Endpoint endpoint) throws EndpointRefused, EndpointUnknown {
        try {
            check(endpoint);
        } catch (EndpointUnknown e) {
            if (!proxied) {
                throw e;
            }
        }
    }

    private InetAddress[] resolve(Endpoint endpoint) throws EndpointUnknown {
        try {
            return resolver.resolve(endpoint.host());
        } catch (UnknownHostException e) {
            throw new EndpointUnknown("must be a URL of a host that can be resolved");
        }
    }
}
