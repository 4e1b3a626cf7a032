package dev.dunlin.connection.link;

/** Receives what clients send on a link. On the link's loop. */
public interface LinkListener {
    /** A whole message. */
    void received(byte[] utf8);

    /** A message of {@code bytes}, which was too long to keep. */
    void tooLarge(int bytes);

    /** A ping or another control frame. Returns whether it may be answered. */
    boolean control();

    /** The link has room for more frames. */
    void writable();

    /**
     * Nothing came since the last heartbeat: what only a busy client needs can be given back.
     * Transports on which clients send nothing do not call it.
     */
    void idle();

    /** The link is closed. A second call has no effect. */
    void left();
}
