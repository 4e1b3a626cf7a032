package dev.dunlin.presence.channel;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds which members of a channel are online. Called on virtual threads. */
@Singleton
public final class ChannelPresenceQuery {
    private final ChannelDirectory channels;
    private final StatusBoard statuses;
    private final PresenceSettings settings;

    ChannelPresenceQuery(ChannelDirectory channels, StatusBoard statuses, PresenceSettings settings) {
        this.channels = channels;
        this.statuses = statuses;
        this.settings = settings;
    }

    /** The members who are online. Throws as {@link ChannelUsers}. */
    ChannelPresence present(ChannelName channel) {
        ChannelDirectory.Members members = channels.members(channel, settings.members());
        List<UserPresence> all = statuses.find(members.users());
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
