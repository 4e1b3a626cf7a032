package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.frame.ChannelUser;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.ServerFrame.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the frames of one channel's presence. Stateless. */
final class ViewFrames {
    private ViewFrames() {}

    /** Everybody who is there, in the order of ids; nobody if the channel is shown partially. */
    static byte[] sync(@Nullable Ref ref, ChannelName channel, MergedUsers users, Count count, boolean partial) {
        List<ChannelUser> named = partial
                ? List.of()
                : users.all().stream()
                        .map(PartUser::shown)
                        .sorted(Comparator.comparing(user -> user.user().value()))
                        .toList();
        return Json.write(new ServerFrame.PresenceSync(ref, channel, named, count, partial ? true : null));
    }

    /** What changed; empty if clients see no difference. */
    static Optional<byte[]> diff(ChannelName channel, Map<UserId, Optional<PartUser>> before, MergedUsers users) {
        List<ChannelUser> entered = new ArrayList<>();
        List<ChannelUser> updated = new ArrayList<>();
        List<UserId> left = new ArrayList<>();
        before.forEach((id, was) -> {
            PartUser now = users.find(id);
            if (now == null) {
                was.ifPresent(gone -> left.add(id));
            } else if (was.isEmpty()) {
                entered.add(now.shown());
            } else if (!was.get().shown().equals(now.shown())) {
                updated.add(now.shown());
            }
        });
        return entered.isEmpty() && updated.isEmpty() && left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Json.write(new ServerFrame.PresenceDiff(channel, some(entered), some(updated), some(left))));
    }

    private static <T> @Nullable List<T> some(List<T> all) {
        return all.isEmpty() ? null : all;
    }

    static byte[] occupancy(ChannelName channel, Count count) {
        return Json.write(new ServerFrame.Occupancy(channel, count.users(), count.links()));
    }

    /** The newest of the last signals, at most {@code most}, oldest first. */
    static List<byte[]> lastSignals(ChannelName channel, MergedUsers users, int most) {
        List<PartUser> signalled = users.all().stream()
                .filter(user -> user.last() != null)
                .sorted(Comparator.comparingLong(PartUser::lastAt))
                .toList();
        List<byte[]> frames = new ArrayList<>();
        for (PartUser user : signalled.subList(Math.max(0, signalled.size() - most), signalled.size())) {
            lastSignal(channel, user).ifPresent(frames::add);
        }
        return frames;
    }

    /** The last signal of a user, if it is kept. */
    static Optional<byte[]> lastSignal(ChannelName channel, PartUser user) {
        JsonNode last = user.last();
        return last == null
                ? Optional.empty()
                : Optional.of(Json.write(new ServerFrame.Signal(channel, user.user(), last)));
    }
}
