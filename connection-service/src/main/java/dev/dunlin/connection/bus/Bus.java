package dev.dunlin.connection.bus;

import dev.dunlin.protocol.bus.BusChannel;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** At-most-once publish and subscribe between the services. Called on the hub loop; calls take effect in the order in which they are made. */
public interface Bus {
    /** Starts to receive. Completes on the hub loop when everything published from now on will come; fails if that is not confirmed in time. */
    CompletionStage<Void> subscribe(BusChannel channel);

    /** Stops to receive. */
    void unsubscribe(BusChannel channel);

    /** Publishes; may be called on any thread. Completes on any thread when the bus has it; fails when it does not, and nothing is tried again. */
    CompletionStage<Void> publish(BusChannel channel, byte[] payload);

    /** Gives the connections up and makes them again, as if they had been lost. On the hub loop. */
    void reset(String why);

    /** Gets what comes. Called on the hub loop. */
    interface Listener {
        /** The channels to subscribe to. After a lost connection the bus subscribes to all of them again. */
        Set<BusChannel> wanted();

        void received(BusChannel channel, byte[] payload);

        /** The connection was lost and is back, all subscriptions with it; what was published in between is gone. */
        void reconnected();
    }
}
