package dev.dunlin.scenarios.suite;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends requests as they are written, which an HTTP client would refuse or change. */
public final class RawHttp {
    private RawHttp() {}

    /**
     * Sends a request without a body on a new connection.
     *
     * @param request its first line, {@code GET /path HTTP/1.1}
     * @param headers lines, without {@code Host}
     * @return the head of the answer with the empty line that ends it
     */
    public static String head(URI origin, String request, String... headers) throws IOException {
        return headWithBody(origin, request, "", headers);
    }

    /** The same with a body, whose length the headers give. */
    public static String headWithBody(URI origin, String request, String body, String... headers) throws IOException {
        StringBuilder message = new StringBuilder(request + "\r\nHost: " + origin.getAuthority() + "\r\n");
        for (String header : headers) {
            message.append(header).append("\r\n");
        }
        message.append("\r\n").append(body);
        try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setSoTimeout((int) Suite.DEADLINE.toMillis());
            socket.getOutputStream().write(message.toString().getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            return head.toString();
        }
    }
}
