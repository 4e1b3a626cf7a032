package dev.dunlin.benchmark.arrival;

import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Turn;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one client does to be subscribed: the request of its handshake and the turns that follow it.
 */
public record Opening(InetSocketAddress address, ByteBuffer request, List<Turn> turns) {
    /** A user that subscribes to channels, one after the other. */
    public static Opening of(Dialect dialect, URI node, String user, List<String> channels) {
        List<Turn> turns = new ArrayList<>(dialect.greeting(user));
        channels.forEach(channel -> turns.addAll(dialect.subscribe(user, channel)));
        return new Opening(
                new InetSocketAddress(node.getHost(), node.getPort()),
                dialect.upgrade(user).request(node),
                turns);
    }
}
