package dev.dunlin.push.delivery.vertx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that takes {@code CONNECT} and nothing else. Whatever host it is asked for, it connects
 * to one port of the loopback interface: so it is the proxy that resolves names.
 */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String credentials = "";

    private ConnectProxy(ServerSocket server, int to) {
        this.server = server;
        this.to = to;
    }

    /** Starts one that connects to {@code to}. */
    static ConnectProxy start(int to) throws IOException {
        ConnectProxy proxy = new ConnectProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), to);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The hosts and ports that it was asked for by those who may. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** From now on only who sends these, {@code user:password}, is served. */
    void require(String userAndPassword) {
        credentials = userAndPassword;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), to)) {
            String head = head(client.getInputStream());
            String expected = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(ISO_8859_1));
            if (!head.startsWith("CONNECT ")) {
                answer(client, "405 Method Not Allowed");
            } else if (!credentials.isEmpty() && !head.contains(expected)) {
                answer(client, "407 Proxy Authentication Required");
            } else {
                asked.add(head.substring("CONNECT ".length(), head.indexOf(" HTTP/")));
                answer(client, "200 Connection Established");
                Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
                copy(client, upstream);
                back.join();
            }
        } catch (IOException e) {
            // one side is closed, so the connection is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void answer(Socket client, String status) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one side is closed, so the connection is over
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
