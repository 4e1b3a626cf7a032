package dev.dunlin.message.command;

import java.util.List;

/** The bus to the nodes, at most once. */
public interface Bus {
    /**
     * Publishes in order, and waits until the bus has it. Blocks; called by one virtual thread. Does not throw: what the bus loses, the nodes fetch, and who waits for
     * a reply asks again.
     */
    void publish(List<Publication> publications);

    /** One message of one pub/sub channel. */
    @SuppressWarnings("ArrayRecordComponent") // the hot path; nobody changes or compares it
    record Publication(String channel, byte[] payload) {}
}
