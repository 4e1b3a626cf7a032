package dev.dunlin.connection.bus;

import dev.dunlin.protocol.bus.BusChannel;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * At-most-once publish and subscribe between the services. Called on the hub loop. Calls take
 * effect in the order in which they are made.
 */
public interface Bus {
    /**
     * Subscribes. Completes on the hub loop when everything published from now on will be received.
     * Fails if that is not confirmed in time.
     */
    CompletionStage<Void> subscribe(BusChannel channel);

    /** Ends the subscription. */
    void unsubscribe(BusChannel channel);

    /**
     * Publishes. Any thread. Completes on any thread when the bus has accepted the payload. Fails
     * if it has not; nothing is retried.
     */
    CompletionStage<Void> publish(BusChannel channel, byte[] payload);

    /** Closes the connections and opens new ones, as if they had been lost. On the hub loop. */
    void reset(String why);

    /** Receives what is published. Called on the hub loop. */
    interface Listener {
        /**
         * The channels to subscribe to. After a lost connection the bus subscribes to all of them
         * again.
         */
        Set<BusChannel> wanted();

        void received(BusChannel channel, byte[] payload);

        /**
         * A lost connection is open again with all of its subscriptions. What was published in
         * between is lost.
         */
        void reconnected();
    }
}
