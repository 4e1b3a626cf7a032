package dev.dunlin.client.transport;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A link over HTTP: a {@link Downstream} down and REST up, in the frames of a WebSocket. It
 * subscribes by naming all channels in the request, so one more channel means another request, with
 * the last cursor. The server keeps no state: what happens between two requests is behind the
 * cursor. On the loop only.
 */
final class HttpLink implements FrameLink, HttpExchange.Owner {
    /** Gathers subscriptions, so that they change the request together. */
    private static final Duration GATHER = Duration.ofMillis(20);
    /** After this time without {@code subscribed}, REST is asked where a channel stands. */
    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** An answer without an event that ends sooner is a short one. */
    private static final Duration SHORT = Duration.ofSeconds(2);
    /** Short answers in a row that are accepted. */
    private static final int MAX_SHORT = 3;

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * What a link needs.
     *
     * @param auto whether it subscribes the user's memberships by itself
     * @param channels what the application subscribed so far, for the first request
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

    /** What the link waits for; one timer each. */
    private enum Waiting {
        ANSWERS,
        CHANGED,
        PAUSE
    }

    private final Settings settings;
    private final FrameLinkListener listener;
    private final RestUplink uplink;
    private final AskedChannels channels;
    private final ChannelLookup lookup;
    private final HttpWelcome welcome;
    private final Map<Waiting, EventLoop.Timer> timers = new EnumMap<>(Waiting.class);
    private boolean over;
    /** Short answers in a row. */
    private int shorts;

    private Duration heardAt = Duration.ZERO;
    /** Null while no request is in flight. */
    private @Nullable HttpExchange exchange;
    /**
     * No request is in flight: the link waits for a change of the channels, or for a pause to end.
     */
    private boolean resting;

    HttpLink(Settings settings, FrameLinkListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.uplink = new RestUplink(settings.loop, settings.rest, this::replied, listener::onFrame);
        this.channels = new AskedChannels(listener::onFrame);
        this.lookup = new ChannelLookup(settings.rest, channels, settings.loop);
        this.welcome = new HttpWelcome(settings.user, listener::onFrame);
        settings.channels.forEach(channels::add);
        var unused = settings.rest
                .channels(settings.auto ? HttpWelcome.MAX_MEMBERSHIPS : 1, null)
                .whenCompleteAsync(
                        (page, failure) -> {
                            if (failure != null) {
                                end(Endings.of(Http.cause(failure), Endings.Request.REST));
                                return;
                            }
                            if (settings.auto) {
                                welcome.join(page, channels);
                            }
                            next();
                        },
                        settings.loop);
    }

    @Override
    public void send(ClientFrame frame) {
        if (frame instanceof ClientFrame.Subscribe subscribe) {
            if (channels.subscribe(subscribe)) {
                changed();
            } else if (welcome.isGiven()) {
                lookUpSoon();
            }
        } else if (frame instanceof ClientFrame.Unsubscribe unsubscribe) {
            if (channels.remove(unsubscribe.channel())) {
                changed();
            }
            listener.onFrame(new ServerFrame.Unsubscribed(unsubscribe.ref(), unsubscribe.channel()));
        } else if (frame instanceof ClientFrame.Auth auth) {
            // A stream keeps the token of its request; a poll ends soon.
            if (settings.down.streams()) {
                changed();
            }
            listener.onFrame(new ServerFrame.Authenticated(auth.ref(), 0));
        } else {
            uplink.send(frame);
        }
    }

    @Override
    public void close() {
        over = true;
        uplink.stop();
        lookup.stop();
        timers.values().forEach(EventLoop.Timer::cancel);
        HttpExchange inFlight = exchange;
        exchange = null;
        if (inFlight != null) {
            inFlight.abort();
        }
    }

    /** After a sleep a dead connection looks like a quiet one: a new request is cheap and safe. */
    @Override
    public void check() {
        Duration silent = settings.loop.now().minus(heardAt);
        Duration limit = settings.down.silence(welcome.heartbeat()).dividedBy(2);
        if (welcome.isGiven() && silent.compareTo(limit) > 0) {
            interrupt();
        }
    }

    @Override
    public void onAlive(boolean first) {
        heardAt = settings.loop.now();
        if (first) {
            lookUpSoon();
        }
    }

    @Override
    public void onFrame(ServerFrame frame) {
        listener.onFrame(frame);
    }

    @Override
    public void onAnswered() {
        exchange = null;
    }

    @Override
    public void onOver(@Nullable Ending ending, Duration took, int events) {
        if (ending != null) {
            end(ending);
        } else {
            pause(took, events);
        }
    }

    private void next() {
        if (over) {
            return;
        }
        resting = channels.names().isEmpty();
        if (resting) {
            welcome.give();
        } else {
            HttpExchange started = new HttpExchange(settings, channels, lookup, welcome, this);
            exchange = started;
            started.begin();
        }
    }

    /**
     * The next stream starts after a pause, the next poll at once; short answers make both wait.
     */
    private void pause(Duration took, int events) {
        shorts = events > 0 || took.compareTo(SHORT) >= 0 ? 0 : shorts + 1;
        if (shorts > MAX_SHORT) {
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

    /** Replaces the request in flight by a new one. */
    private void interrupt() {
        HttpExchange inFlight = exchange;
        if (inFlight != null) {
            exchange = null;
            inFlight.abort();
            next();
        } else if (resting) {
            cancel(Waiting.PAUSE);
            next();
        }
    }

    private void lookUpSoon() {
        after(Waiting.ANSWERS, ANSWER, () -> {
            var unused = lookup.run();
        });
    }

    private void replied(ServerFrame.Reply reply) {
        if (reply instanceof ServerFrame.ErrorReply error && error.code() == ErrorCode.UNAUTHENTICATED && !over) {
            end(Ending.by(CloseCode.TOKEN_EXPIRED.code(), error.message()));
        } else {
            listener.onFrame(reply);
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
