package dev.dunlin.connection.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket by hand (RFC 6455), for what a library does not send. Frames from the server shorter
 * than 64 KiB only.
 */
public final class RawLink implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    @SuppressWarnings("ArrayRecordComponent") // read and thrown away
    private record Frame(int opcode, byte[] payload) {
        @Override
        public String toString() {
            return opcode + " " + new String(payload, StandardCharsets.UTF_8);
        }
    }

    private RawLink(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    public static RawLink connect(URI uri, String token) throws IOException {
        return over(new Socket(uri.getHost(), uri.getPort()), uri, token);
    }

    /** Over a connection that stands, of TLS for example. */
    public static RawLink over(Socket socket, URI uri, String token) throws IOException {
        RawLink link = new RawLink(socket);
        link.socket.setSoTimeout(10_000);
        link.out.write(("GET " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) link.in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
        return link;
    }

    /** A whole text message of these bytes, fewer than 126. */
    public void sendText(byte[] payload) throws IOException {
        sendFrame(0x80 | TEXT, payload);
    }

    /** A frame with this first byte (FIN and opcode), masked with zeros. */
    public void sendFrame(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(0x80 | payload.length);
        frame.write(new byte[4]);
        frame.write(payload);
        out.write(frame.toByteArray());
    }

    /** Any bytes. */
    public void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** The payload of the next frame with this opcode. */
    public byte[] payload(int opcode) throws IOException {
        Frame frame = next();
        while (frame.opcode() != opcode) {
            frame = next();
        }
        return frame.payload();
    }

    /** Whether the server ends the connection in order; what it sends before is dropped. */
    public boolean ends() throws IOException {
        while (in.read() >= 0) {
            // dropped
        }
        return true;
    }

    /** The next text from the server. */
    public String text() throws IOException {
        Frame frame = next();
        while (frame.opcode() != TEXT) {
            frame = next();
        }
        return new String(frame.payload(), StandardCharsets.UTF_8);
    }

    /** The code with which the server closes. */
    public int closeCode() throws IOException {
        Frame frame = next();
        while (frame.opcode() != CLOSE) {
            frame = next();
        }
        return (frame.payload()[0] & 0xff) << 8 | (frame.payload()[1] & 0xff);
    }

    private Frame next() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
