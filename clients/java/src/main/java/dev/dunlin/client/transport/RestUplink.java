package dev.dunlin.client.transport;

import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Change;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes up where the link only goes down: each frame becomes the REST call of the same meaning,
 * and its answer the frame that a WebSocket would have given. {@code typing}, {@code received},
 * {@code away} and {@code active} have no call, and are not sent; a watch of contacts and the
 * presence of channels are refused. On the loop only.
 */
final class RestUplink {
    /** How often the presence of watched users is asked for. */
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** Users watched at most; who is watched beyond it is asked for once only. */
    private static final int MOST_WATCHED = 500;

    private final EventLoop loop;
    private final RestClient rest;
    private final Consumer<ServerFrame.Reply> replied;
    private final Consumer<ServerFrame> heard;
    /** The channels with a read mark under way, and the newest mark that waits for it. */
    private final Map<ChannelName, Optional<ClientFrame.Read>> marks = new HashMap<>();

    private final Set<Ref> publishing = new HashSet<>();
    private final Map<UserId, UserPresence> watched = new LinkedHashMap<>();
    private EventLoop.Timer look = EventLoop.Timer.NONE;
    private boolean looking;
    private boolean over;

    /**
     * {@code replied} gets the replies, over {@link #stop} too, and {@code heard} gets
     * {@code presence} until then.
     */
    RestUplink(EventLoop loop, RestClient rest, Consumer<ServerFrame.Reply> replied, Consumer<ServerFrame> heard) {
        this.loop = loop;
        this.rest = rest;
        this.replied = replied;
        this.heard = heard;
    }

    void send(ClientFrame frame) {
        if (frame instanceof ClientFrame.LogFrame log) {
            write(log);
        } else if (frame instanceof ClientFrame.Signal signal) {
            answer(null, rest.signal(signal.channel(), signal.data()).thenApply(done -> Optional.empty()));
        } else if (frame instanceof ClientFrame.Read read) {
            mark(read);
        } else if (frame instanceof ClientFrame.Presence presence && !Boolean.TRUE.equals(presence.contacts())) {
            presence(presence);
        } else if (frame instanceof ClientFrame.Presence presence) {
            refuse(presence.ref());
        } else if (frame instanceof ClientFrame.ChannelPresenceFrame presence) {
            refuse(presence.ref());
        } else if (frame instanceof ClientFrame.Ping ping) {
            answer(ping.ref(), rest.channels(1, null).thenApply(page -> Optional.of(new ServerFrame.Pong(ping.ref()))));
        }
    }

    private void refuse(@Nullable Ref ref) {
        RequestFailed why = new RequestFailed(ErrorCode.UNAVAILABLE, "this needs a WebSocket");
        answer(ref, CompletableFuture.failedFuture(why));
    }

    private void write(ClientFrame.LogFrame frame) {
        if (frame instanceof ClientFrame.Publish publish) {
            publish(publish);
        } else if (frame instanceof ClientFrame.Edit edit) {
            change(edit, rest.edit(edit.channel(), edit.seq(), edit.data(), edit.mentions()));
        } else if (frame instanceof ClientFrame.Delete delete) {
            change(delete, rest.delete(delete.channel(), delete.seq()));
        } else if (frame instanceof ClientFrame.React react) {
            boolean remove = Boolean.TRUE.equals(react.remove());
            change(react, rest.react(react.channel(), react.seq(), react.emoji(), remove));
        }
    }

    /** Ends the watching; requests that are under way are still answered. */
    void stop() {
        over = true;
        look.cancel();
    }

    private void publish(ClientFrame.Publish message) {
        Ref ref = message.ref();
        if (ref != null && !publishing.add(ref)) {
            return; // asked for again while it is under way
        }
        answer(
                ref,
                rest.publish(message)
                        .whenCompleteAsync((published, failure) -> publishing.remove(ref), loop)
                        .thenApply(published -> Optional.of(new ServerFrame.Ack(
                                ref, message.channel(), message.id(), published.seq(), published.ts()))));
    }

    private void change(ClientFrame.LogFrame frame, CompletableFuture<Change> change) {
        answer(
                frame.ref(),
                change.thenApply(done ->
                        Optional.of(new ServerFrame.Ack(frame.ref(), frame.channel(), null, done.seq(), done.ts()))));
    }

    private void presence(ClientFrame.Presence frame) {
        answer(
                frame.ref(),
                rest.presence(frame.users())
                        .thenApplyAsync(
                                users -> {
                                    if (Boolean.TRUE.equals(frame.watch())) {
                                        watch(users);
                                    }
                                    return Optional.of(new ServerFrame.PresenceState(frame.ref(), users));
                                },
                                loop));
    }

    private void answer(@Nullable Ref ref, CompletableFuture<? extends Optional<? extends ServerFrame.Reply>> answer) {
        var unused = answer.whenCompleteAsync(
                (reply, failure) -> {
                    if (failure != null) {
                        replied.accept(error(ref, Http.cause(failure)));
                    } else {
                        reply.ifPresent(replied);
                    }
                },
                loop);
    }

    private static ServerFrame.ErrorReply error(@Nullable Ref ref, Throwable failure) {
        if (failure instanceof RequestFailed refused) {
            Long after = refused.retryAfter().map(Duration::toMillis).orElse(null);
            String message = String.valueOf(refused.getMessage());
            return new ServerFrame.ErrorReply(ref, refused.code(), message, refused.retryable(), after);
        }
        return ServerFrame.ErrorReply.of(ref, ErrorCode.UNAVAILABLE, "the server cannot be reached");
    }

    /** One at a time for each channel: where they come faster, only the newest counts. */
    private void mark(ClientFrame.Read mark) {
        boolean busy = marks.containsKey(mark.channel());
        marks.put(mark.channel(), busy ? Optional.of(mark) : Optional.empty());
        if (busy) {
            return;
        }
        var read = rest.read(mark.channel(), mark.seq())
                .<Optional<ServerFrame.Reply>>thenApply(done -> Optional.empty())
                .whenCompleteAsync(
                        (done, failure) -> {
                            Optional<ClientFrame.Read> next = marks.remove(mark.channel());
                            if (next != null) {
                                next.ifPresent(this::mark);
                            }
                        },
                        loop);
        answer(null, read);
    }

    private void watch(List<UserPresence> users) {
        for (UserPresence one : users) {
            if (watched.containsKey(one.user()) || watched.size() < MOST_WATCHED) {
                watched.put(one.user(), one);
            }
        }
        if (!over && !looking && !watched.isEmpty()) {
            looking = true;
            look = loop.schedule(LOOK, this::look);
        }
    }

    private void look() {
        List<UserId> users = List.copyOf(watched.keySet());
        List<CompletableFuture<List<UserPresence>>> pages = new ArrayList<>();
        for (int from = 0; from < users.size(); from += ClientFrame.MAX_PRESENCE_USERS) {
            int to = Math.min(users.size(), from + ClientFrame.MAX_PRESENCE_USERS);
            // Not promised: what fails now is seen by the next look.
            pages.add(rest.presence(users.subList(from, to)).exceptionally(failure -> List.of()));
        }
        var unused = CompletableFuture.allOf(pages.toArray(CompletableFuture[]::new))
                .thenRunAsync(
                        () -> {
                            looking = false;
                            looked(pages.stream()
                                    .flatMap(page -> page.join().stream())
                                    .toList());
                        },
                        loop);
    }

    private void looked(List<UserPresence> users) {
        if (over) {
            return;
        }
        List<UserPresence> changes = users.stream()
                .filter(now -> !now.equals(watched.get(now.user())))
                .toList();
        watch(users);
        if (!changes.isEmpty()) {
            heard.accept(new ServerFrame.Presence(changes));
        }
    }
}
