package dev.dunlin.engines.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A TCP proxy whose connections can become half-open: they stay open, and it reads and discards
 * everything. A connection that was half-open once stays so. Its threads end with {@link #close}.
 */
public final class SwallowingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Queue<Path> paths = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean swallowing = new AtomicBoolean();

    /** Forwards to that port of this machine. */
    public SwallowingProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    private record Path(Socket client, Socket engine, AtomicBoolean swallowed) {}

    /** Where it listens, on the loopback address. */
    public int port() {
        return server.getLocalPort();
    }

    /** As {@code redis://host:port}. */
    public String redisUri() {
        return "redis://127.0.0.1:" + port();
    }

    /** Makes every open connection half-open, and every new one, until {@link #forward}. */
    public void swallow() {
        swallowing.set(true);
        paths.forEach(path -> path.swallowed().set(true));
    }

    /** Forwards what comes over new connections. */
    public void forward() {
        swallowing.set(false);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Path path : paths) {
            path.client().close();
            path.engine().close();
        }
    }

    private void accept() {
        try {
            while (true) {
                forward(server.accept());
            }
        } catch (IOException closed) {
            // close() ends the thread.
        }
    }

    /** Closes the connection if the target refuses it, as the target would. */
    private void forward(Socket client) throws IOException {
        Socket engine;
        try {
            engine = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException refused) {
            client.close();
            return;
        }
        Path path = new Path(client, engine, new AtomicBoolean(swallowing.get()));
        paths.add(path);
        Thread.ofVirtual().start(() -> pump(client, engine, path));
        Thread.ofVirtual().start(() -> pump(engine, client, path));
    }

    private static void pump(Socket from, Socket to, Path path) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!path.swallowed().get()) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException closed) {
            // The other direction closed both sockets.
        }
    }
}
