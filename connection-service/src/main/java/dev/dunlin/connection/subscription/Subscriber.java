package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gets one channel. All methods but {@link #loop} are called on its loop, in the channel's order. */
public interface Subscriber {
    /** Equal for subscribers of one event loop. Any thread. */
    Executor loop();

    /**
     * From now on every event after {@code head} comes, without a hole.
     *
     * @param channel its name, the same object for all subscribers: who keeps it keeps no copy
     * @param head    null for an ephemeral channel
     */
    void attached(ChannelName channel, @Nullable LogHead head);

    /** It cannot be attached now; nothing will come. */
    void refused(Refusal why);

    void event(LiveEvent event);

    /** A frame that has no place in the order; not for the session that sent it. */
    void ephemeral(@Nullable SessionId sender, byte[] frame);

    /**
     * Checks whether it may still receive the channel, if that rests on membership, and ends if not.
     *
     * @param done called once, on the loop, with whether there was an answer
     */
    void recheck(Consumer<Boolean> done);

    /** The log is another one now: positions are void. Nothing comes any more. */
    void lost();
}
