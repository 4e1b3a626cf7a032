package dev.dunlin.engines;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * As much of the native protocol (version 4) as it takes to run statements: no driver is among this
 * module's libraries.
 */
final class Cql implements AutoCloseable {
    private static final int STARTUP = 1;
    private static final int QUERY = 7;
    private static final int READY = 2;
    private static final int RESULT = 8;
    private static final int ONE = 1;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    Cql(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        in = new DataInputStream(socket.getInputStream());
        byte[] name = "CQL_VERSION".getBytes(StandardCharsets.US_ASCII);
        byte[] version = "3.0.0".getBytes(StandardCharsets.US_ASCII);
        header(STARTUP, 2 + 2 + name.length + 2 + version.length);
        out.writeShort(1);
        out.writeShort(name.length);
        out.write(name);
        out.writeShort(version.length);
        out.write(version);
        out.flush();
        answer(READY);
    }

    /** The body of the result, whatever its kind. */
    byte[] run(String statement) throws IOException {
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        header(QUERY, 4 + text.length + 2 + 1);
        out.writeInt(text.length);
        out.write(text);
        out.writeShort(ONE);
        out.writeByte(0);
        out.flush();
        return answer(RESULT);
    }

    private void header(int opcode, int length) throws IOException {
        out.writeByte(4);
        out.writeByte(0);
        out.writeShort(0);
        out.writeByte(opcode);
        out.writeInt(length);
    }

    private byte[] answer(int expected) throws IOException {
        in.readFully(new byte[4]);
        int opcode = in.readUnsignedByte();
        byte[] body = in.readNBytes(in.readInt());
        if (opcode != expected) {
            throw new IOException("opcode " + opcode + ": " + new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
