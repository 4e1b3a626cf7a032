package dev.dunlin.client.transport;

import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.ChannelPage;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.HttpRefused;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A session over HTTP, by a {@link Downstream} down and REST up, in the frames of a WebSocket. It subscribes by naming all its channels in the
 * request, so another channel means another request, with the cursor of the last. The server keeps nothing of it: what came between two requests
 * is behind the cursor. On the loop only.
 */
final class HttpLink implements FrameLink {
    /** A proxy that buffers lets no byte through: by then the transport counts as blocked. */
    private static final Duration FIRST_BYTE = Duration.ofSeconds(10);
    /** Subscriptions that come together change the request together. */
    private static final Duration GATHER = Duration.ofMillis(20);
    /** Where a channel stands is asked by REST when no {@code subscribed} came by then. */
    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** An answer without an event that ends sooner is no good one, and not more of them in a row are taken. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final int MOST_SHORT = 3;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MEMBERSHIPS = 100;

    /** What the answer to a poll does not say: the session is what the client keeps, and not what it is called. */
    private static final ServerFrame.Limits LIMITS = new ServerFrame.Limits(65_536, 100, MEMBERSHIPS);

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final String UNSAID = "-";

    /**
     * What a link needs.
     *
     * @param auto     whether the user's memberships are heard, too
     * @param channels what the application listens to now, so that the first request can name it
     */
    record Settings(
            Downstream down,
            Http http,
            RestClient rest,
            EventLoop loop,
            RandomGenerator random,
            UserId user,
            boolean auto,
            Collection<ChannelName> channels,
            Resume resume) {}

    private enum Waiting {
        SILENCE,
        ANSWERS,
        CHANGED,
        PAUSE
    }

    private final Settings settings;
    private final FrameLinkListener listener;
    private final RestUplink uplink;
    private final AskedChannels channels;
    private final Map<Waiting, EventLoop.Timer> timers = new EnumMap<>(Waiting.class);
    private List<ServerFrame.Membership> memberships = List.of();
    private boolean leftOut;
    private boolean welcomed;
    /** As in the last {@code welcome} of the server; its default until one came. */
    private Duration heartbeat = HEARTBEAT;

    private boolean over;
    private int shorts;
    private Duration heardAt = Duration.ZERO;
    /** Null while none is under way. */
    private @Nullable Asking asking;
    /** Nothing is under way, and nothing has to be waited for but a change of the channels or the time. */
    private boolean resting;

    HttpLink(Settings settings, FrameLinkListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.uplink = new RestUplink(settings.loop, settings.rest, this::replied, listener::onFrame);
        this.channels = new AskedChannels(listener::onFrame);
        settings.channels.forEach(channels::add);
        var unused = settings.rest
                .channels(settings.auto ? MEMBERSHIPS : 1, null)
                .whenCompleteAsync(
                        (page, failure) -> {
                            if (failure != null) {
                                end(Endings.of(Http.cause(failure), Endings.Request.REST));
                            } else {
                                hear(page);
                                next();
                            }
                        },
                        settings.loop);
    }

    @Override
    public void send(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Subscribe subscribe -> {
                if (channels.subscribe(subscribe)) {
                    changed();
                } else if (welcomed) {
                    askSoon();
                }
            }
            case ClientFrame.Unsubscribe unsubscribe -> {
                if (channels.remove(unsubscribe.channel())) {
                    changed();
                }
                listener.onFrame(new ServerFrame.Unsubscribed(unsubscribe.ref(), unsubscribe.channel()));
            }
            case ClientFrame.Auth auth -> {
                // A stream runs under the token that it was asked for with; a poll is over soon.
                if (settings.down.streams()) {
                    changed();
                }
                listener.onFrame(new ServerFrame.Authenticated(auth.ref(), 0));
            }
            default -> uplink.send(frame);
        }
    }

    @Override
    public void close() {
        over = true;
        uplink.stop();
        timers.values().forEach(EventLoop.Timer::cancel);
        Asking under = asking;
        asking = null;
        if (under != null) {
            under.abort();
        }
    }

    /** After a sleep a dead connection looks like a quiet one: asks again, which costs little and loses nothing. */
    @Override
    public void check() {
        Duration silent = settings.loop.now().minus(heardAt);
        if (welcomed && silent.compareTo(settings.down.silence(heartbeat).dividedBy(2)) > 0) {
            interrupt();
        }
    }

    private void hear(ChannelPage page) {
        if (!settings.auto) {
            return;
        }
        List<ChannelPage.Summary> heard = page.channels().stream()
                .filter(summary -> channels.add(summary.channel()))
                .toList();
        leftOut = heard.size() < page.channels().size() || page.next() != null;
        memberships = heard.stream()
                .filter(summary -> summary.epoch() != null)
                .map(HttpLink::membership)
                .toList();
    }

    private static ServerFrame.Membership membership(ChannelPage.Summary of) {
        return new ServerFrame.Membership(
                of.channel(),
                Objects.requireNonNull(of.epoch(), "filtered before"),
                of.head(),
                of.read(),
                of.unread(),
                of.mentions());
    }

    private void next() {
        if (over) {
            return;
        }
        resting = channels.names().isEmpty();
        if (resting) {
            welcome(null);
        } else {
            asking = new Asking();
            asking.begin();
        }
    }

    /** One request until its answer is over. What comes after that is of no interest any more. */
    private final class Asking implements Downstream.Answer {
        private final List<ChannelName> asked = channels.names();
        private final @Nullable String cursor = settings.resume.cursor();
        private final Set<ChannelName> resumed = settings.resume.channels();
        private final Duration begun = settings.loop.now();
        private CompletableFuture<Void> answer = new CompletableFuture<>();
        private boolean silent;
        private boolean lived;
        private int frames;
        /** The last frame, or its {@code goaway}: what still comes after that changes nothing. */
        private @Nullable ServerFrame last;

        void begin() {
            boolean first = !welcomed;
            boolean soon = first || settings.down.streams();
            after(Waiting.SILENCE, soon ? FIRST_BYTE : settings.down.silence(heartbeat), this::onSilence);
            answer = settings.down.fetch(
                    new Downstream.Request(asked, cursor, first), settings.http, settings.loop, this);
            var unused = answer.whenCompleteAsync((done, failure) -> onOver(failure), settings.loop);
        }

        void abort() {
            answer.cancel(true);
        }

        private boolean isOld() {
            return asking != this;
        }

        private void onSilence() {
            if (!isOld()) {
                silent = true;
                abort();
            }
        }

        @Override
        public void onAlive() {
            if (isOld()) {
                return;
            }
            heardAt = settings.loop.now();
            after(Waiting.SILENCE, settings.down.silence(heartbeat), this::onSilence);
            if (!lived) {
                lived = true;
                askSoon();
            }
            welcome(null);
        }

        @Override
        public void onFrame(ServerFrame frame) {
            if (isOld()) {
                return;
            }
            last = last instanceof ServerFrame.GoAway ? last : frame;
            if (frame instanceof ServerFrame.Welcome said) {
                welcome(said);
                return;
            }
            welcome(null);
            switch (frame) {
                case ServerFrame.Subscribed subscribed ->
                    channels.answered(subscribed, resumed.contains(subscribed.channel()));
                case ServerFrame.ErrorReply error when error.ref() != null -> refused(error);
                case ServerFrame.Unsubscribed unsubscribed -> {
                    frames++;
                    channels.remove(unsubscribed.channel());
                    listener.onFrame(unsubscribed);
                }
                default -> {
                    frames++;
                    listener.onFrame(frame);
                }
            }
        }

        // Here a ref is the channel's place in the request. What passes is followed by the end of the answer.
        private void refused(ServerFrame.ErrorReply error) {
            int place = error.ref() == null ? -1 : error.ref().value().asInt(-1);
            if (place >= 0 && place < asked.size() && !error.retryable()) {
                channels.refused(asked.get(place), error.code(), error.message());
            }
        }

        @Override
        public void onCursor(String reached) {
            if (!isOld()) {
                settings.resume.at(reached, Set.copyOf(asked));
            }
        }

        private void onOver(@Nullable Throwable failure) {
            if (isOld()) {
                return;
            }
            asking = null;
            cancel(Waiting.SILENCE);
            if (failure == null) {
                conclude(lastWord());
            } else {
                failed(Http.cause(failure));
            }
        }

        private void failed(Throwable failure) {
            if (failure instanceof HttpRefused refused) {
                if (cursor != null && (refused.status() == 400 || refused.status() == 410)) {
                    settings.resume.forget();
                    channels.forgetAnswers();
                    conclude(null);
                    return;
                }
                // One channel that is not for this user must not keep the others from being heard.
                if (refused.spoken() && (refused.status() == 403 || refused.status() == 404)) {
                    channels.forgetAnswers();
                    var unused = askWhereTheyStand(channels.unanswered(), false)
                            .thenAccept(found -> conclude(found ? null : ending(failure)));
                    return;
                }
            }
            conclude(lived && !(failure instanceof HttpRefused) ? lastWord() : ending(failure));
        }

        private Ending ending(Throwable failure) {
            return silent
                    ? Ending.broken("no answer from the server", welcomed ? 1 : 2)
                    : Endings.of(failure, welcomed ? Endings.Request.AGAIN : Endings.Request.FIRST);
        }

        /** An answer that is over has no close code: what stands for one is its last frame. */
        private @Nullable Ending lastWord() {
            return switch (last) {
                case ServerFrame.GoAway goAway -> Ending.by(CloseCode.GOING_AWAY.code(), "going away");
                case ServerFrame.ErrorReply error
                when error.ref() == null && !error.retryable() -> Ending.by(codeOf(error.code()), error.message());
                case null, default -> null;
            };
        }

        private void conclude(@Nullable Ending ending) {
            if (ending != null) {
                end(ending);
            } else {
                pause(settings.loop.now().minus(begun), frames);
            }
        }
    }

    private static int codeOf(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> CloseCode.TOKEN_EXPIRED.code();
            case FORBIDDEN -> CloseCode.FORBIDDEN.code();
            case CONFLICT -> CloseCode.SESSION_REPLACED.code();
            default -> CloseCode.PROTOCOL_VIOLATION.code();
        };
    }

    /** What the server says of itself on a stream comes through; where it says nothing, the first sign of life counts. */
    private void welcome(ServerFrame.@Nullable Welcome said) {
        if (welcomed && said == null) {
            return;
        }
        boolean first = !welcomed;
        welcomed = true;
        if (said != null && said.heartbeat() > 0) {
            heartbeat = Duration.ofSeconds(said.heartbeat());
        }
        listener.onFrame(
                said == null
                        ? new ServerFrame.Welcome(
                                new SessionId(UNSAID),
                                settings.user,
                                new NodeId(UNSAID),
                                (int) heartbeat.toSeconds(),
                                LIMITS,
                                memberships)
                        : new ServerFrame.Welcome(
                                said.session(),
                                said.user(),
                                said.node(),
                                said.heartbeat(),
                                said.limits(),
                                memberships,
                                said.more()));
        if (first && leftOut) {
            String message = "only " + MEMBERSHIPS + " channels fit without a WebSocket";
            listener.onFrame(ServerFrame.ErrorReply.of(null, ErrorCode.OVERLOADED, message));
        }
    }

    private void askSoon() {
        after(Waiting.ANSWERS, ANSWER, () -> {
            var unused = askWhereTheyStand(channels.unanswered(), false);
        });
    }

    /** Asks by REST where channels stand that no {@code subscribed} came for, one after the other. Completes on the loop, with whether one was refused. */
    private CompletableFuture<Boolean> askWhereTheyStand(List<ChannelName> unanswered, boolean refused) {
        if (over || unanswered.isEmpty()) {
            return CompletableFuture.completedFuture(refused);
        }
        ChannelName channel = unanswered.getFirst();
        return settings.rest
                .events(channel, 0, 1)
                .handleAsync(
                        (page, failure) -> {
                            if (over) {
                                return false;
                            }
                            if (failure == null) {
                                channels.answered(
                                        new ServerFrame.Subscribed(
                                                null, channel, page.epoch(), page.head(), null, null),
                                        false);
                                return false;
                            }
                            return isRefused(channel, Http.cause(failure));
                        },
                        settings.loop)
                .thenCompose(one -> askWhereTheyStand(unanswered.subList(1, unanswered.size()), refused || one));
    }

    private boolean isRefused(ChannelName channel, Throwable failure) {
        if (failure instanceof RequestFailed no) {
            if (no.code() == ErrorCode.FORBIDDEN || no.code() == ErrorCode.NOT_FOUND) {
                channels.refused(channel, no.code(), String.valueOf(no.getMessage()));
                return true;
            }
            if (no.code() == ErrorCode.BAD_REQUEST) {
                // Ephemeral: it stands nowhere.
                channels.answered(new ServerFrame.Subscribed(null, channel, null, null, null, null), false);
            }
        }
        return false;
    }

    private void replied(ServerFrame.Reply reply) {
        if (reply instanceof ServerFrame.ErrorReply error && error.code() == ErrorCode.UNAUTHENTICATED && !over) {
            end(Ending.by(CloseCode.TOKEN_EXPIRED.code(), error.message()));
        } else {
            listener.onFrame(reply);
        }
    }

    /** A stream that ended is asked for again soon, a poll at once, and neither over and over where nothing comes. */
    private void pause(Duration took, int frames) {
        shorts = frames > 0 || took.compareTo(SHORT) >= 0 ? 0 : shorts + 1;
        if (shorts > MOST_SHORT) {
            end(Ending.broken("answers end early", 2));
        } else if (settings.down.streams() || shorts > 1) {
            resting = true;
            after(Waiting.PAUSE, Duration.ofNanos(settings.random.nextLong(PAUSE_NANOS << shorts)), this::next);
        } else {
            next();
        }
    }

    private void changed() {
        after(Waiting.CHANGED, GATHER, this::interrupt);
    }

    /** Asks anew, now. */
    private void interrupt() {
        Asking under = asking;
        if (under != null) {
            asking = null;
            cancel(Waiting.SILENCE);
            under.abort();
            next();
        } else if (resting) {
            cancel(Waiting.PAUSE);
            next();
        }
    }

    private void end(Ending ending) {
        if (!over) {
            close();
            listener.onEnded(ending);
        }
    }

    private void after(Waiting what, Duration delay, Runnable task) {
        cancel(what);
        if (!over) {
            timers.put(what, settings.loop.schedule(delay, task));
        }
    }

    private void cancel(Waiting what) {
        EventLoop.Timer timer = timers.remove(what);
        if (timer != null) {
            timer.cancel();
        }
    }
}
