package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives one channel. All methods except {@link #loop} are called on its loop, in the channel's
 * order.
 */
public interface Subscriber {
    /** Equal for subscribers of one event loop. Any thread. */
    Executor loop();

    /**
     * From now on it receives every event after {@code head}, without a hole.
     *
     * @param channel the name, the same object for all subscribers; keep it instead of a copy
     * @param head null for an ephemeral channel
     */
    void attached(ChannelName channel, @Nullable LogHead head);

    /** It cannot be attached now, and will receive nothing. */
    void refused(Refusal why);

    void event(LiveEvent event);

    /** Several events, the same as each of them one after the other. */
    default void events(EventBatch batch) {
        batch.events().forEach(this::event);
    }

    /** A frame without a place in the order; not for the session that sent it. */
    void ephemeral(@Nullable SessionId sender, byte[] frame);

    /**
     * Checks whether it may still receive the channel, if that rests on membership, and ends if
     * not.
     *
     * @param done called once, on the loop, with whether there was an answer
     */
    void recheck(Consumer<Boolean> done);

    /** The log was rebuilt, so positions are void. It receives nothing more. */
    void lost();
}
