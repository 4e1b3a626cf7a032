package dev.dunlin.client.link;

/** One open link. Thread-safe; no method blocks. */
public interface Link {
    /** The code of a link that ended without a close frame, RFC 6455 section 7.1.5. */
    int ABNORMAL = 1006;

    /**
     * Sends one text message after those sent before. What cannot be sent any more is dropped: the
     * listener learns of the end.
     */
    void send(String text);

    /** Starts the close handshake with one of the codes that an application may send. */
    void close(int code, String reason);

    /** Ends the link at once, without a handshake. */
    void abort();
}
