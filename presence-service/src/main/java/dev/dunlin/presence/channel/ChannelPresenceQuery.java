package dev.dunlin.presence.channel;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.ChannelName;
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

    /** The members who are online. Throws as {@link ChannelUsers}. */
    ChannelPresence present(ChannelName channel) {
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
                there.size(),
                there.stream()
                        .limit(settings.listedUsers())
                        .map(PresentUser::online)
                        .toList(),
                complete ? null : true,
                null);
    }
}
