package dev.dunlin.connection.metrics;

/** The metrics of connection-service. Any thread, never blocks. */
public interface ConnectionMetrics {
    /** A frame came from a client. */
    void frameIn();

    /** Frames went to a link. */
    void framesOut(int frames);

    /** What one turn of an event loop wrote to links goes out, with a system call for each. */
    void flushed(int links);

    /** An ephemeral frame was dropped because its link was slow. */
    void ephemeralDropped();

    /** A link was closed because its outbox was full. */
    void slowConsumer();

    /** A link was closed because its client was silent for too long. */
    void heartbeatTimedOut();

    /** Later messages of a channel replaced these because a link was slow. */
    void conflated(int messages);

    /** A page of events was requested from the log. */
    void pageFetched();

    /** A page of events was requested that was already in flight for another session. */
    void pageShared();

    /** A client got what it missed from memory. */
    void tailHit();

    /** A mark replaced an older one of its channel that still waited, which saves a command. */
    void markConflated();

    /** Missing events of a channel were fetched from the log. */
    void gapRepaired();

    /** Missing events of a channel could not be fetched; subscribers got a {@code gap}. */
    void gapReported();

    /** A connection to the bus carried nothing and was closed. */
    void busReset();

    /** A probe over the bus came back late. */
    void busLate();

    /** A lost connection to the bus is back. */
    void busReconnected();

    /** Heads of channels were compared with the log. */
    void headsCompared(int channels);

    /** The comparison found a channel whose last events the bus had lost. */
    void headBehind();

    /** Message-service was asked whether a subscription may continue. */
    void accessRechecked();

    /** An access check got no answer and is retried. */
    void accessUnknown();

    /** A subscription ended because its user may no longer read the channel. */
    void accessRevoked();

    /** The memberships of a user were fetched again. */
    void membershipsAsked();

    /** The presence of watched users was fetched again. */
    void presenceAsked(int users);

    /** Parts of other nodes of a channel's presence were read from Redis. */
    void channelPresenceRead(int parts);

    /** A part of a channel's presence could not be written to Redis; it is retried. */
    void channelPresenceUnwritten();

    /** A node is dead, and its part of a channel's presence was dropped. */
    void channelPresencePartLost();

    /** A position was replayed to a client. */
    void replayed(int events);

    /** A frame or a handshake was refused because a bound was reached. */
    void refused(String bound);

    /** A link was closed because its client continued after it had been refused many times. */
    void abused();
}
