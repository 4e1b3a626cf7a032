package dev.dunlin.benchmark.load;

/**
 * What messages are sent to: the suite, or raw Kafka. {@link #send} and {@link #flush} are called
 * by one thread.
 */
public interface Target {
    /** As the results call it. */
    String name();

    /** Acks and deliveries belong to this round from now on; those of others are ignored. */
    void begin(Round round);

    /** Sends a message, or keeps it until {@link #flush}. May block while the network is full. */
    void send(int index);

    /** Sends all that was kept. */
    void flush();
}
