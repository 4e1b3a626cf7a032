package dev.dunlin.engines.supervise;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

    /** Ready when a GET is answered with 200. */
    static Probe http(HttpClient client, URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        return () -> client.send(request, BodyHandlers.discarding()).statusCode() == 200;
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
