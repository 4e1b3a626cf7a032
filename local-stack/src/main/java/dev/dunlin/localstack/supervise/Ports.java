package dev.dunlin.localstack.supervise;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * Free ports by name. A port once chosen is written down and taken again at the next start if it is still free, so that
 * what was configured with it stays right. Not thread-safe.
 */
public final class Ports {
    private final Path file;
    private final Properties chosen = new Properties();
    private final Set<Integer> given = new HashSet<>();

    public Ports(Path file) {
        this.file = file;
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
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                // Another name's port of last time is left to it.
                if (!given.contains(socket.getLocalPort())
                        && !chosen.containsValue(Integer.toString(socket.getLocalPort()))) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no free port", e);
            }
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
