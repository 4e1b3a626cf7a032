package dev.dunlin.engines.supervise;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * Free ports by name. A chosen port is written to a file and used again at the next start if it is
 * still free, so that what was configured with it stays right. The ports lie below those that the
 * system gives to outgoing connections, and two stacks that start at the same time never choose the
 * same. Not thread-safe.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int PORTS = 12_000;
    /** How long a process may take from the choice of its port until it listens there. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private final Path file;
    private final Properties chosen = new Properties();
    private final Set<Integer> given = new HashSet<>();
    private int next;

    public Ports(Path file) {
        this.file = file;
        this.next = file.toAbsolutePath().hashCode();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                chosen.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The port of that name: the one of last time, or another free one. */
    public int port(String name) {
        int last = Integer.parseInt(chosen.getProperty(name, "0"));
        int port = last > 0 && !given.contains(last) && isFree(last) ? last : freePort();
        given.add(port);
        chosen.setProperty(name, Integer.toString(port));
        try (Writer writer = Files.newBufferedWriter(file)) {
            chosen.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return port;
    }

    private int freePort() {
        for (int i = 0; i < PORTS; i++) {
            int port = FIRST + Math.floorMod(next++, PORTS);
            // Another name's port of last time is left to it.
            if (!given.contains(port) && !chosen.containsValue(Integer.toString(port)) && claim(port) && isFree(port)) {
                return port;
            }
        }
        throw new StackException("There is no free port from " + FIRST + " to " + (FIRST + PORTS - 1));
    }

    /**
     * Whether no other stack of this machine has just chosen that port for a process that it will
     * start.
     */
    private static boolean claim(int port) {
        Path claim = Path.of(System.getProperty("java.io.tmpdir"), "dunlin-ports", Integer.toString(port));
        try {
            Files.createDirectories(claim.resolveSibling(""));
            if (Files.exists(claim)
                    && Files.getLastModifiedTime(claim)
                            .toInstant()
                            .isAfter(Instant.now().minus(CLAIM))) {
                return false;
            }
            Files.deleteIfExists(claim);
            Files.createFile(claim);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a server could listen on that port of the loopback address now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
