package dev.dunlin.engines.supervise;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Says whether a process does its work. Blocks for at most a few seconds; called from any thread
 * that may block.
 */
@FunctionalInterface
public interface Probe {
    Duration TIMEOUT = Duration.ofSeconds(2);

    /**
     * Asks the process once.
     *
     * @return true if the process serves
     * @throws IOException if it could not be asked, which means the same as false
     */
    boolean ready() throws IOException, InterruptedException;

    /**
     * Ready when a GET is answered with 200. Bare HTTP/1.0: while a stack starts, every process is
     * asked 20 times a second, and a client library would take as much CPU as a service.
     *
     * @param uri with a host and a port
     */
    static Probe http(URI uri) {
        byte[] request = "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n"
                .formatted(uri.getRawPath(), uri.getRawAuthority())
                .getBytes(StandardCharsets.US_ASCII);
        return () -> {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
                socket.connect(
                        new InetSocketAddress(uri.getHost(), uri.getPort()), Math.toIntExact(TIMEOUT.toMillis()));
                socket.getOutputStream().write(request);
                byte[] start = socket.getInputStream().readNBytes("HTTP/1.x 200".length());
                return new String(start, StandardCharsets.US_ASCII).matches("HTTP/1\\.[01] 200");
            }
        };
    }

    /** Ready when the port of this machine's loopback address takes a connection. */
    static Probe port(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        Math.toIntExact(TIMEOUT.toMillis()));
                return true;
            }
        };
    }
}
