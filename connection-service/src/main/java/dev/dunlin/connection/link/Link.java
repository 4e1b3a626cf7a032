package dev.dunlin.connection.link;

import dev.dunlin.protocol.CloseCode;
import java.util.concurrent.Executor;

/** One physical transport to a client. All methods but {@link #loop} and {@link #lastHeard} are called on its loop, and never block. */
public interface Link {
    /** The event loop that this link belongs to; equal for links of one loop. */
    Executor loop();

    /** Hands a frame (UTF-8 JSON) to the transport. Nobody may change the array. Does nothing once closed. */
    void send(byte[] frame);

    /** Whether the transport takes more without piling up. The link calls {@link Outbox#flush} when that is so again. */
    boolean writable();

    /** Sends the transport's own heartbeat. */
    void ping();

    /** Closes after what was sent. Does nothing once closed. */
    void close(CloseCode code, String reason);

    /** When the client was last heard or, where it can send nothing, last took something; in milliseconds since 1970. Any thread. */
    long lastHeard();
}
