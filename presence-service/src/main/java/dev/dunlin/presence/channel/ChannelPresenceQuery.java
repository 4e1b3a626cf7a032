package dev.dunlin.presence.channel;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Finds which members of a channel are online. Called on virtual threads. */
@Singleton
public final class ChannelPresenceQuery {
    private final ChannelDirectory channels;
    private final StatusBoard statuses;
    private final PresenceSettings settings;
    private final InstantSource clock;

    ChannelPresenceQuery(
            ChannelDirectory channels, StatusBoard statuses, PresenceSettings settings, InstantSource clock) {
        this.channels = channels;
        this.statuses = statuses;
        this.settings = settings;
        this.clock = clock;
    }

    /** The outcome of the query. */
    public sealed interface Answer {
        /** The members who are online. */
        record Present(ChannelPresence presence) implements Answer {}

        /** The user may not read the channel. */
        record Forbidden() implements Answer {}

        /** The channel does not exist, or its namespace shows no presence. */
        record Missing() implements Answer {}
    }

    /**
     * Finds the members who are online.
     *
     * @param trusted whether the user may see every channel, also without membership
     * @throws dev.dunlin.presence.PresenceUnavailable if a service or Redis does not answer
     */
    public Answer ask(ChannelName channel, UserId user, boolean trusted) {
        return switch (channels.view(channel, user)) {
            case ChannelDirectory.View.Found(boolean open, boolean presence) -> {
                if (!open && !trusted) {
                    yield new Answer.Forbidden();
                }
                yield presence ? new Answer.Present(present(channel)) : new Answer.Missing();
            }
            case ChannelDirectory.View.Missing() -> new Answer.Missing();
        };
    }

    private ChannelPresence present(ChannelName channel) {
        ChannelDirectory.Members members = channels.members(channel, settings.members());
        Instant now = clock.instant();
        List<UserPresence> all = statuses.find(members.users()).stream()
                .map(user -> user.toOthers(now))
                .toList();
        List<UserPresence> there = all.stream()
                .filter(user -> user.status() == Status.ONLINE || user.status() == Status.AWAY)
                .toList();
        boolean complete = members.complete() && all.stream().noneMatch(user -> user.status() == Status.UNKNOWN);
        return new ChannelPresence(
                there.size(), there.stream().limit(settings.listedUsers()).toList(), complete ? null : true);
    }
}
