package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.websocket.ClientFrame;
import dev.dunlin.benchmark.websocket.FrameDecoder;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;

/**
 * WebSockets, event streams and long polls that wait, one socket each, opened one after the other,
 * over TLS if the sockets are. What comes later stays in the kernel's buffer. Blocks; not
 * thread-safe.
 */
final class SocketLinks implements Closeable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_BODY = 1 << 20;
    private static final int TWO_BYTES = 126;
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]*)\"");
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

    private final URI node;
    private final SocketFactory sockets;
    private final List<Socket> all = new ArrayList<>();

    SocketLinks(URI node, SocketFactory sockets) {
        this.node = node;
        this.sockets = sockets;
    }

    /** A WebSocket that is subscribed to one channel. No TLS session is used again. */
    void openWebSocket(String token, String channel) throws IOException {
        Socket socket = connect();
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        write(socket, Upgrade.dunlin(token).request(node));
        var unused = head(in, 101);
        write(
                socket,
                ClientFrame.masked(
                        FrameDecoder.TEXT,
                        ("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"" + channel + "\"}")
                                .getBytes(StandardCharsets.US_ASCII)));
        while (!frame(in).contains("\"type\":\"subscribed\"")) {
            // welcome comes first
        }
        if (socket instanceof SSLSocket secured) {
            secured.getSession().invalidate();
        }
    }

    private static void write(Socket socket, ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        socket.getOutputStream().write(copy);
    }

    /** The payload of the server's next frame, which is not masked and shorter than 64 KiB. */
    private static String frame(DataInputStream in) throws IOException {
        int unused = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == TWO_BYTES) {
            length = in.readUnsignedShort();
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** An event stream of one channel, until its head has come. */
    void openStream(String token, String channel) throws IOException {
        Socket socket = connect();
        ask(socket, "/v1/events?channel=" + encoded(channel), token, "text/event-stream");
        var unused = head(new BufferedInputStream(socket.getInputStream()), 200);
    }

    /** A poll that waits: the first is answered at once with the cursor of the second. */
    void openPoll(String token, String channel) throws IOException {
        Socket socket = connect();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String path = "/v1/poll?channel=" + encoded(channel) + "&timeout=30";
        ask(socket, path, token, "application/json");
        Matcher length = LENGTH.matcher(head(in, 200));
        if (!length.find()) {
            throw new IOException("the answer to a poll has no length");
        }
        int bytes = Math.min(MOST_BODY, Integer.parseInt(length.group(1)));
        Matcher cursor = CURSOR.matcher(new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
        if (!cursor.find()) {
            throw new IOException("the answer to a poll has no cursor");
        }
        ask(socket, path + "&cursor=" + encoded(cursor.group(1)), token, "application/json");
    }

    private Socket connect() throws IOException {
        Socket socket = sockets.createSocket(node.getHost(), node.getPort());
        all.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private void ask(Socket socket, String path, String token, String accept) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + node.getAuthority() + "\r\nAccept: " + accept
                                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads up to the empty line; returns the headers in lower case. */
    private static String head(InputStream in, int status) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the node closed the connection: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 " + status + " ")) {
            throw new IOException(head.toString().lines().findFirst().orElse("no answer"));
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : all) {
            socket.close();
        }
    }
}
