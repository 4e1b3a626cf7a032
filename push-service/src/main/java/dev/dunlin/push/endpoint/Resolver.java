package dev.dunlin.push.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host, or reads an address literal. Blocks: called on virtual threads. */
@FunctionalInterface
public interface Resolver {
    /** At least one address; throws if the host is not known. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
