package dev.dunlin.client;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ChannelUser;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import java.util.Map;

/** Hears a client. All calls come from the client's one thread, in order, and must not block it. */
public interface ClientListener {
    /** The next event of a channel's log: each seq once and in order, over any number of links. */
    default void onEvent(ServerFrame.LogEvent event) {}

    /** A signal, typing, read or received; may be missed. */
    default void onEphemeral(ServerFrame.EphemeralEvent event) {}

    /** Watched users changed. */
    default void onPresence(List<UserPresence> changes) {}

    /**
     * All users of a channel that you {@link RealtimePresence#follow} were replaced, or forgotten
     * at the end of its subscription.
     */
    default void onPresenceSync(ChannelName channel, Map<UserId, ChannelUser> members) {}

    /** Users entered, changed their data, or left a channel that you follow. */
    default void onPresenceDiff(ServerFrame.PresenceDiff diff) {}

    /** How many users and links are in a channel, see {@link RealtimePresence#requestOccupancy}. */
    default void onOccupancy(ServerFrame.Occupancy now) {}

    /** The server refused to enter or follow again after a reconnect. The client does not retry. */
    default void onPresenceLost(ChannelName channel, RequestFailed why) {}

    /** The connection changed. */
    default void onState(ConnectionState state) {}

    /** The client goes, or is about to go, another way: a fallback, or the way back up. */
    default void onTransport(TransportChange change) {}

    /** Something that the suite said about no request in particular. */
    default void onError(RequestFailed error) {}

    /**
     * Events {@code from} to {@code to} of the channel are no longer retained and will not come.
     */
    default void onExpired(ChannelName channel, long from, long to) {}

    /**
     * Events {@code from} to {@code to} of the channel were left out on purpose: this client was
     * slow, and there only the latest counts.
     */
    default void onConflated(ChannelName channel, long from, long to) {}

    /**
     * Events before {@code now} could not be given: they are too many to fetch one by one, no
     * longer kept, or the log was rebuilt and its numbering is another. Events go on after
     * {@code now}; load history again.
     */
    default void onReset(ChannelName channel, StreamPosition now) {}

    /**
     * The suite ended a subscription, or refused it after a reconnect, for example because the user
     * is no member any more.
     */
    default void onSubscriptionLost(ChannelName channel, RequestFailed why) {}
}
