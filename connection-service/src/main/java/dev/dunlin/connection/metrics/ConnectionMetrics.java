package dev.dunlin.connection.metrics;

/** What this service counts. Any thread, never blocks. */
public interface ConnectionMetrics {
    /** A frame came from a client. */
    void frameIn();

    /** A frame went to a link. */
    void frameOut();

    /** An ephemeral frame was dropped because its link was slow. */
    void ephemeralDropped();

    /** A link was closed because its outbox was full. */
    void slowConsumer();

    /** Missing events of a channel were fetched from the log. */
    void gapRepaired();

    /** Missing events of a channel could not be had; subscribers were told. */
    void gapReported();

    /** A position was replayed to a client. */
    void replayed(int events);

    /** A frame or a handshake was refused because a bound was reached. */
    void refused(String bound);
}
