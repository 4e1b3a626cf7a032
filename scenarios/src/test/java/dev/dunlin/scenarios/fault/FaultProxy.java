package dev.dunlin.scenarios.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and an origin and does to their TCP connections what networks do: delay,
 * throttle, slice, cut, corrupt, and the worst, swallow everything and say nothing. It knows
 * nothing of what it carries. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    /** Of the connections to the suite: a link that is not read is felt there soon. */
    private static final int RECEIVE_BUFFER = 16 * 1024;

    private static final long SEED = 20261127;

    private final ServerSocket door;
    private final String scheme;
    private final Random random = new Random(SEED);
    private final Map<Direction, Weather> weather =
            new ConcurrentHashMap<>(Map.of(Direction.UP, Weather.CLEAR, Direction.DOWN, Weather.CLEAR));
    private final Set<ProxiedLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile InetSocketAddress target;

    private FaultProxy(ServerSocket door, URI target) {
        this.door = door;
        this.scheme = target.getScheme();
        this.target = address(target);
    }

    /** Starts one in front of an origin. */
    public static FaultProxy before(URI target) throws IOException {
        FaultProxy proxy = new FaultProxy(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().name("proxy accepts").start(proxy::accept);
        return proxy;
    }

    /** Where clients connect. */
    public URI origin() {
        return URI.create(scheme + "://127.0.0.1:" + door.getLocalPort());
    }

    /** Connections from now on go there. */
    public void target(URI other) {
        target = address(other);
    }

    /** How bytes travel in both directions from now on. */
    public void weather(Weather now) {
        weather(Direction.UP, now);
        weather(Direction.DOWN, now);
    }

    /** How bytes travel in one direction from now on. */
    public void weather(Direction direction, Weather now) {
        weather.put(direction, now);
    }

    /** Strikes each open link once, at its next bytes in that direction. */
    public void strike(Direction direction, Blow once) {
        links.forEach(link -> link.strike(direction, once));
    }

    /** Ends all open links, {@code hard} by a reset. */
    public void cut(boolean hard) {
        links.forEach(link -> link.close(hard));
    }

    /**
     * The links that are open now seem so from now on, and carry nothing in these directions any
     * more. New ones do.
     */
    public List<ProxiedLink> swallow(Collection<Direction> directions) {
        List<ProxiedLink> open = List.copyOf(links);
        open.forEach(link -> directions.forEach(link::swallow));
        return open;
    }

    /** How many connections came in all. */
    public int opened() {
        return opened.get();
    }

    /** How many are open. */
    public int open() {
        return links.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                opened.incrementAndGet();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket suite = new Socket();
            suite.setReceiveBufferSize(RECEIVE_BUFFER);
            suite.connect(target);
            client.setTcpNoDelay(true);
            suite.setTcpNoDelay(true);
            ProxiedLink link = new ProxiedLink(
                    client, suite, direction -> Objects.requireNonNull(weather.get(direction)), random, links::remove);
            links.add(link);
            link.start();
        } catch (IOException e) {
            try {
                client.close(); // as if nobody listened
            } catch (IOException again) {
                // it left
            }
        }
    }

    private static InetSocketAddress address(URI origin) {
        return new InetSocketAddress(origin.getHost(), origin.getPort());
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut(true);
    }
}
