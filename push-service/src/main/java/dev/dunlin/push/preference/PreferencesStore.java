package dev.dunlin.push.preference;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stored preferences. Every method blocks and is called on virtual threads. Throws
 * {@link dev.dunlin.push.Unreachable}.
 */
public interface PreferencesStore {
    /** Those of a user. */
    Preferences of(UserId user);

    /** Changes those of a user, one change at a time; returns what is stored then. */
    Preferences change(UserId user, UnaryOperator<Preferences> change);

    /** Replaces what differs in one channel; null: nothing differs any more. */
    default Preferences put(UserId user, ChannelName channel, Preferences.@Nullable OfChannel here) {
        return change(user, before -> before.with(channel, here));
    }

    /** Removes what is stored of a user, but not its devices. */
    void remove(UserId user);
}
