package dev.dunlin.connection.link;

import dev.dunlin.protocol.CloseCode;
import java.util.concurrent.Executor;

/**
 * One physical transport to a client. All methods except {@link #loop} and {@link #lastHeardMs} are
 * called on its loop, and never block.
 */
public interface Link {
    /** The event loop that this link belongs to; equal for links of one loop. */
    Executor loop();

    /**
     * Hands a frame (UTF-8 JSON) to the transport. Nobody may change the array. Does nothing once
     * closed.
     */
    void send(byte[] frame);

    /**
     * Hands over several frames in one piece. Returns false, and does nothing, if this transport
     * takes only one after the other.
     */
    default boolean sendTogether(FrameRun run) {
        return false;
    }

    /**
     * Whether the transport has room in its buffers. The link calls {@link Outbox#flush} when it
     * has room again.
     */
    boolean writable();

    /** Sends the transport's own heartbeat. */
    void ping();

    /** Closes after everything sent before. Does nothing once closed. */
    void close(CloseCode code, String reason);

    /**
     * When the link last received from the client, in milliseconds since 1970. Where a client
     * cannot send: when it last took what was sent. Any thread.
     */
    long lastHeardMs();
}
