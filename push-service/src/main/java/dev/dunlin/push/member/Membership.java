package dev.dunlin.push.member;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.device.Following;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Knows the members of channels who have devices. A channel is read from message-service once, when
 * its first event comes; so is a user, when it registers its first device. From then on events tell
 * who joins and leaves: channels are made with members of whom no event tells. A member who is
 * known too long costs a row: whether it may read a message is asked again before it is notified.
 * Blocks; thread-safe; throws {@link dev.dunlin.push.Unreachable}.
 */
public final class Membership implements Following {
    private static final int USERS_AT_ONCE = 100;

    private final Members members;
    private final Channels channels;

    public Membership(Members members, Channels channels) {
        this.members = members;
        this.channels = channels;
    }

    /** Where a channel's events are: its epoch, and the seq of the first event of a batch. */
    public record Place(Epoch epoch, long seq) {}

    /** The members of each channel who have devices. */
    public Map<ChannelName, List<Recipient>> recipients(Map<ChannelName, Place> places) {
        Map<ChannelName, Epoch> read = new HashMap<>();
        places.forEach((channel, place) -> {
            if (channel.directMembers().isEmpty()) {
                read.put(channel, place.epoch());
            }
        });
        Set<ChannelName> missing = new HashSet<>(read.keySet());
        missing.removeAll(members.loaded(read));
        missing.forEach(channel -> load(channel, Objects.requireNonNull(places.get(channel))));
        return members.recipients(places.keySet());
    }

    private void load(ChannelName channel, Place place) {
        members.begin(channel, place.epoch());
        channels.eachPage(channel, users -> members.store(channel, users, place.seq()));
        members.finish(channel, place.epoch());
    }

    /** Applies who joined and left. */
    public void change(List<Members.Change> changes) {
        if (!changes.isEmpty()) {
            members.change(changes);
        }
    }

    @Override
    public void follow(UserId user) {
        if (!members.follow(user)) {
            load(user);
        }
    }

    private void load(UserId user) {
        members.store(user, channels.ofUser(user));
    }

    /** Loads users who have devices and were not loaded; returns how many there were. */
    public int loadMissing() {
        Collection<UserId> users = members.notLoaded(USERS_AT_ONCE);
        users.forEach(this::load);
        return users.size();
    }
}
