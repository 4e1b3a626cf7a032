package dev.dunlin.benchmark.floor;

import dev.dunlin.benchmark.load.MessageIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One channel of Redis with a publisher and a subscriber, each on its own connection and each read
 * by its own thread. {@link #publish} is called by one thread and blocks while the socket is full.
 */
final class RedisChannel implements AutoCloseable {
    private static final String NAME = "benchmark-floor";
    private static final int BYTES = 256 * 1024;
    private static final int OVERLAP = 32;

    private final Socket publisher;
    private final Socket subscriber;
    private final OutputStream out;
    private final Message message;

    /** Called with the place of a message's id, on the subscriber's thread. */
    interface Message {
        void id(byte[] bytes, int at);
    }

    /** Connects and subscribes. */
    RedisChannel(int port, Message message) throws IOException {
        this.message = message;
        this.publisher = new Socket(InetAddress.getLoopbackAddress(), port);
        this.subscriber = new Socket(InetAddress.getLoopbackAddress(), port);
        publisher.setTcpNoDelay(true);
        this.out = publisher.getOutputStream();
        subscriber.getOutputStream().write(("SUBSCRIBE " + NAME + "\r\n").getBytes(StandardCharsets.US_ASCII));
        Thread.ofPlatform().name("floor-replies").daemon().start(this::discard);
        Thread.ofPlatform().name("floor-bus").daemon().start(this::read);
    }

    void publish(byte[] value) throws IOException {
        byte[] head = ("*3\r\n$7\r\nPUBLISH\r\n$" + NAME.length() + "\r\n" + NAME + "\r\n$" + value.length + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] command = new byte[head.length + value.length + 2];
        System.arraycopy(head, 0, command, 0, head.length);
        System.arraycopy(value, 0, command, head.length, value.length);
        command[command.length - 2] = '\r';
        command[command.length - 1] = '\n';
        out.write(command);
    }

    private void discard() {
        byte[] bytes = new byte[BYTES];
        try (InputStream in = publisher.getInputStream()) {
            while (in.read(bytes) >= 0) {
                // the number of subscribers
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    /** An id on the edge of two reads is found by looking at the last bytes again. */
    private void read() {
        byte[] bytes = new byte[BYTES];
        int kept = 0;
        try (InputStream in = subscriber.getInputStream()) {
            for (int count = in.read(bytes, kept, bytes.length - kept);
                    count >= 0;
                    count = in.read(bytes, kept, bytes.length - kept)) {
                int end = kept + count;
                int after = 0;
                for (int at = MessageIds.find(bytes, 0, end); at >= 0; at = MessageIds.find(bytes, at, end)) {
                    message.id(bytes, at);
                    after = at + MessageIds.LENGTH;
                }
                kept = Math.min(end - after, OVERLAP);
                System.arraycopy(bytes, end - kept, bytes, 0, kept);
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    @Override
    public void close() throws IOException {
        publisher.close();
        subscriber.close();
    }
}
