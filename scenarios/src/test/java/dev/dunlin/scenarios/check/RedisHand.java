package dev.dunlin.scenarios.check;

import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Meddles with the bus past all services. */
record RedisHand(int port) {
    /** Publishes a message that no service sent; returns how many subscribers took it. */
    int publish(BusChannel channel, BusMessage message) {
        return publish(channel, message.encode());
    }

    /** The same of any payload. */
    int publish(BusChannel channel, byte[] payload) {
        return Integer.parseInt(command(bytes("PUBLISH"), channel.name().getBytes(StandardCharsets.UTF_8), payload));
    }

    /** A field of a hash that has it. */
    String field(String key, String field) {
        return command(bytes("HGET"), bytes(key), bytes(field));
    }

    /**
     * Cuts every connection that subscribes: what is published until they are back is lost to them.
     */
    void cutSubscribers() {
        command(bytes("CLIENT"), bytes("KILL"), bytes("TYPE"), bytes("PUBSUB"));
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private String command(byte[]... words) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(bytes("*" + words.length + "\r\n"));
        for (byte[] word : words) {
            request.writeBytes(bytes("$" + word.length + "\r\n"));
            request.writeBytes(word);
            request.writeBytes(bytes("\r\n"));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            out.write(request.toByteArray());
            out.flush();
            String answer = in.readLine();
            if (answer != null && answer.startsWith("$") && !answer.equals("$-1")) {
                return Objects.requireNonNull(in.readLine());
            }
            if (answer == null || !answer.startsWith(":")) {
                throw new IllegalStateException("Redis answered " + answer);
            }
            return answer.substring(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
