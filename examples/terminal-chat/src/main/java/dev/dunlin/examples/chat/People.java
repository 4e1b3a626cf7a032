package dev.dunlin.examples.chat;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.rest.OwnPresence;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, types, and has read what one said. Its listening half is called on the client's
 * thread.
 */
final class People {
    /** Who goes on typing is not said again and again. */
    private static final Duration TYPING_SAID = Duration.ofSeconds(15);

    /** As many of those who are in a channel are named. */
    private static final int MOST_SHOWN = 100;

    private final DunlinClient client;
    private final ChannelName channel;
    private final ChatScreen screen;
    private final Transcript transcript;
    private final InstantSource clock;
    private final Map<UserId, Instant> typing = new HashMap<>();
    private final Map<UserId, Long> seen = new HashMap<>();
    private final Map<UserId, Status> statuses = new HashMap<>();

    People(DunlinClient client, ChannelName channel, ChatScreen screen, Transcript transcript, InstantSource clock) {
        this.client = client;
        this.channel = channel;
        this.screen = screen;
        this.transcript = transcript;
        this.clock = clock;
    }

    /**
     * Hears from now on who of the members comes and goes; where there are no members, or they are
     * not shown, nothing.
     */
    void watch(UserId me) {
        var unused = members()
                .thenApply(all -> all.stream().filter(user -> !user.equals(me)).toList())
                .thenCompose(others -> others.isEmpty()
                        ? CompletableFuture.completedFuture(List.<UserPresence>of())
                        : client.presence(others, true))
                .thenAccept(now -> onPresence(now, me))
                .exceptionally(notShown -> null);
    }

    /**
     * Shows who is there: the members with their status, or those who are in the channel now where
     * the server shows these.
     */
    CompletableFuture<Void> who() {
        return members()
                .thenCompose(all -> all.isEmpty()
                        ? CompletableFuture.<List<UserPresence>>failedFuture(new IllegalStateException("nobody"))
                        : client.presence(all, false))
                .thenAccept(screen::who)
                .exceptionallyCompose(noMembers ->
                        client.rest().channelUsers(channel, MOST_SHOWN, null).thenAccept(screen::who))
                .exceptionally(notShown -> {
                    screen.say("who is in " + channel + " is not kept; spoken have: "
                            + transcript.senders().stream().map(UserId::value).collect(Collectors.joining(", ")));
                    return null;
                });
    }

    /** Sets what the user says of itself, or with null shows it. */
    CompletableFuture<Void> status(@Nullable StatusChoice choice) {
        CompletableFuture<OwnPresence> own =
                choice == null ? client.rest().ownPresence() : client.rest().setStatus(choice);
        return own.thenAccept(screen::status);
    }

    void onEvent(ServerFrame.LogEvent event) {
        typing.remove(event.by());
    }

    void onEphemeral(ServerFrame.EphemeralEvent event, @Nullable UserId me) {
        if (!event.channel().equals(channel) || event.from().equals(me)) {
            return;
        }
        switch (event) {
            case ServerFrame.Typing by -> typing(by.from());
            case ServerFrame.Read read -> read(read, me);
            case ServerFrame.Received _, ServerFrame.Signal _ -> {}
        }
    }

    void onPresence(List<UserPresence> changes, @Nullable UserId me) {
        List<UserPresence> news = changes.stream()
                .filter(change -> !change.user().equals(me) && change.status() != Status.UNKNOWN)
                .filter(change -> {
                    Status before = statuses.put(change.user(), change.status());
                    return before == null ? change.status() != Status.OFFLINE : before != change.status();
                })
                .toList();
        if (!news.isEmpty()) {
            screen.presence(news);
        }
    }

    private void typing(UserId user) {
        Instant now = clock.instant();
        Instant before = typing.get(user);
        if (before == null || before.plus(TYPING_SAID).isBefore(now)) {
            typing.put(user, now);
            screen.typing(user);
        }
    }

    /** Says once of each who has read the newest message of one's own. */
    private void read(ServerFrame.Read read, @Nullable UserId me) {
        long own = me == null ? 0 : transcript.newestMessageOf(me);
        if (own > 0 && read.seq() >= own && seen.getOrDefault(read.from(), 0L) < own) {
            seen.put(read.from(), own);
            screen.hint("#" + own + " seen by " + read.from());
        }
    }

    private CompletableFuture<List<UserId>> members() {
        return client.rest()
                .members(channel, null)
                .thenApply(page -> page.members().stream()
                        .map(member -> member.user())
                        .limit(ClientFrame.MAX_PRESENCE_USERS)
                        .toList());
    }
}
