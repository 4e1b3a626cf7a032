package dev.dunlin.benchmark.link;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Event streams and long polls that wait, one connection each, opened one after the other. What
 * comes later stays in the kernel's buffer. Blocks; not thread-safe.
 */
final class HttpLinks implements Closeable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_BODY = 1 << 20;
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]*)\"");
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

    private final URI node;
    private final List<Socket> all = new ArrayList<>();

    HttpLinks(URI node) {
        this.node = node;
    }

    /** An event stream of one channel, until its head has come. */
    void openStream(String token, String channel) throws IOException {
        Socket socket = connect();
        ask(socket, "/v1/events?channel=" + encoded(channel), token, "text/event-stream");
        head(new BufferedInputStream(socket.getInputStream()));
    }

    /** A poll that waits: the first is answered at once with the cursor of the second. */
    void openPoll(String token, String channel) throws IOException {
        Socket socket = connect();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String path = "/v1/poll?channel=" + encoded(channel) + "&timeout=30";
        ask(socket, path, token, "application/json");
        Matcher length = LENGTH.matcher(head(in));
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
        Socket socket = new Socket(node.getHost(), node.getPort());
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
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the node closed the connection: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
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
