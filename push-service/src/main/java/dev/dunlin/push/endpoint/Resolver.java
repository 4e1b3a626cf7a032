package dev.dunlin.push.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Looks up the addresses of a host, or parses an address literal. Blocks; called on virtual
 * threads.
 */
@FunctionalInterface
public interface Resolver {
    /** Returns at least one address; throws if the host is unknown. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
