package dev.dunlin.presence.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.http.PresenceMode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Answers who is in a channel and how many, as its namespace shows it. Called on virtual threads;
 * throws {@link dev.dunlin.presence.PresenceUnavailable} if a service or Redis does not answer.
 */
@Singleton
public final class ChannelUsers {
    private final ChannelDirectory channels;
    private final ChannelPresenceQuery members;
    private final ChannelParts parts;

    ChannelUsers(ChannelDirectory channels, ChannelPresenceQuery members, ChannelParts parts) {
        this.channels = channels;
        this.members = members;
        this.parts = parts;
    }

    /** The outcome of a question. */
    public sealed interface Answer<T> {
        /** What was asked for. */
        record Found<T>(T value) implements Answer<T> {}

        /** The user may not read the channel. */
        record Forbidden<T>() implements Answer<T> {}

        /** The channel does not exist, or its namespace does not show this. */
        record Missing<T>() implements Answer<T> {}
    }

    /**
     * Who is there.
     *
     * @param trusted whether the user may see every channel, also without membership
     */
    public Answer<ChannelPresence> presence(ChannelName channel, UserId user, boolean trusted, PageRequest page) {
        return ask(channel, user, trusted, mode -> switch (mode) {
            case MEMBERS -> new Answer.Found<>(members.present(channel));
            case SUBSCRIBERS -> new Answer.Found<>(subscribers(channel, page));
            case COUNT, NONE -> new Answer.Missing<>();
        });
    }

    /** How many are there; {@code trusted} as before. */
    public Answer<ChannelOccupancy> occupancy(ChannelName channel, UserId user, boolean trusted) {
        return ask(channel, user, trusted, mode -> switch (mode) {
            case MEMBERS, SUBSCRIBERS, COUNT -> new Answer.Found<>(occupancy(channel, mode));
            case NONE -> new Answer.Missing<>();
        });
    }

    private <T> Answer<T> ask(
            ChannelName channel, UserId user, boolean trusted, Function<PresenceMode, Answer<T>> found) {
        return switch (channels.view(channel, user)) {
            case ChannelDirectory.View.Found(boolean open, PresenceMode mode) ->
                open || trusted ? found.apply(mode) : new Answer.Forbidden<>();
            case ChannelDirectory.View.Missing() -> new Answer.Missing<>();
        };
    }

    private ChannelPresence subscribers(ChannelName channel, PageRequest page) {
        TreeMap<String, PartUser> merged = new TreeMap<>();
        parts.users(channel).forEach(user -> merged.merge(user.user().value(), user, PartUser::with));
        UserId after = page.after();
        List<PartUser> rest = List.copyOf(
                after == null
                        ? merged.values()
                        : merged.tailMap(after.value(), false).values());
        List<PartUser> shown = rest.subList(0, Math.min(page.limit(), rest.size()));
        return new ChannelPresence(
                merged.size(),
                shown.stream().map(PresentUser::subscribed).toList(),
                null,
                shown.size() < rest.size()
                        ? PageRequest.cursorAfter(shown.getLast().user())
                        : null);
    }

    private ChannelOccupancy occupancy(ChannelName channel, PresenceMode mode) {
        ChannelParts.Counts counts = parts.counts(channel);
        int links = counts.heads().stream().mapToInt(PartHead::links).sum();
        int users = mode.names()
                ? counts.named().size()
                : counts.heads().stream().mapToInt(PartHead::users).sum();
        return new ChannelOccupancy(channel, users, links);
    }
}
