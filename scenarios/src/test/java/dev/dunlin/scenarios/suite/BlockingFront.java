package dev.dunlin.scenarios.suite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What stands between a client and the suite in some companies: lets HTTP through, and of
 * WebSockets or event streams what a test allows. It can also send all links to one node. Each
 * connection carries one request, so that each is looked at. Thread-safe.
 */
public final class BlockingFront implements AutoCloseable {
    /** What becomes of requests for a path. */
    public enum Treatment {
        PASS,
        /** Answered by somebody else, with 403. */
        REFUSE,
        /** Passed on, and the answer kept back: as a proxy that buffers. */
        BUFFER
    }

    private static final int MOST_HEAD = 64 * 1024;
    private static final Set<String> LINKS = Set.of("/v1/ws", "/v1/events", "/v1/poll");

    private final URI behind;
    private final URI node;
    private final ServerSocket listening;
    private final Map<String, Treatment> treatments = new ConcurrentHashMap<>();
    private final Map<Socket, String> open = new ConcurrentHashMap<>();

    private BlockingFront(URI behind, URI node, ServerSocket listening) {
        this.behind = behind;
        this.node = node;
        this.listening = listening;
    }

    /** Stands before an origin, and lets everything through. */
    public static BlockingFront before(URI behind) {
        return before(behind, behind);
    }

    /** The same, but links go to that node. */
    static BlockingFront before(URI behind, URI node) {
        try {
            BlockingFront front =
                    new BlockingFront(behind, node, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("blocking front").start(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients go. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /**
     * From now on requests for the path are treated so; those under way are cut unless they may
     * pass.
     */
    public void treat(String path, Treatment treatment) {
        treatments.put(path, treatment);
        if (treatment != Treatment.PASS) {
            open.forEach((socket, its) -> {
                if (its.equals(path)) {
                    close(socket);
                }
            });
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set.copyOf(open.keySet()).forEach(BlockingFront::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().name("blocked or not").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String path = head.split(" ", 3)[1].replaceFirst("\\?.*", "");
            open.put(client, path);
            Treatment treatment = treatments.getOrDefault(path, Treatment.PASS);
            if (treatment == Treatment.REFUSE) {
                client.getOutputStream()
                        .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\nConnection: close\r\n\r\nforbidden"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            relay(client, LINKS.contains(path) ? node : behind, head, treatment);
        } catch (IOException | ArrayIndexOutOfBoundsException gone) {
            // either side went: so does the other
        } finally {
            open.remove(client);
        }
    }

    private static void relay(Socket client, URI to, String head, Treatment treatment) throws IOException {
        try (Socket server = new Socket(to.getHost(), to.getPort())) {
            server.getOutputStream().write(oneRequestOnly(head).getBytes(StandardCharsets.ISO_8859_1));
            Thread up = Thread.ofVirtual().start(() -> {
                try {
                    client.getInputStream().transferTo(server.getOutputStream());
                } catch (IOException gone) {
                    // seen below
                }
                close(server);
            });
            OutputStream answer =
                    treatment == Treatment.BUFFER ? OutputStream.nullOutputStream() : client.getOutputStream();
            server.getInputStream().transferTo(answer);
            close(client);
            up.interrupt();
        }
    }

    private static String oneRequestOnly(String head) {
        return head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket")
                ? head
                : head.replaceAll("(?i)\r\nconnection:[^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static String head(InputStream from) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < MOST_HEAD) {
            int next = from.read();
            if (next < 0) {
                throw new IOException("the client went");
            }
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("no end of the head");
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
