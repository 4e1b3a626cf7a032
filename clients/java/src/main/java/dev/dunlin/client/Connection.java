package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.transport.Ending;
import dev.dunlin.client.transport.FrameLink;
import dev.dunlin.client.transport.FrameLinkListener;
import dev.dunlin.client.transport.FrameLinks;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.client.transport.TransportChoice;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link up, by the best transport that gets through, as close codes, {@code goaway} and the backoff say: {@code docs/clients.md}, sections
 * "Reconnecting" and "Falling back and coming back up". On the loop only.
 */
final class Connection {
    /** Only after so long counts a link as good, so that one which breaks at once does not reset the backoff. */
    private static final Duration STEADY = Duration.ofSeconds(5);
    /** A handshake without {@code welcome} by then is given up; the HTTP transports give up sooner by themselves. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(15);
    /** The longest wait before a better transport is tried beside the one in use. */
    private static final Duration MOST_PROBE = Duration.ofMinutes(10);
    /** On top of the wait that a server asked for. */
    private static final Duration MOST_JITTER = Duration.ofSeconds(5);
    /** A transport that was not tried yet is worth a try soon. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration RENEW_AGAIN = Duration.ofSeconds(5);
    private static final Ref AUTH = Ref.of("auth");

    /** Hears the connection, on the loop. */
    interface Owner {
        void onFrame(ServerFrame frame);

        /** A link is up. */
        void onOnline(Transport transport, ServerFrame.Welcome welcome, Arrival arrival);

        /** A link that was up is gone. */
        void onLinkLost();

        void onState(ConnectionState state);

        void onTransport(TransportChange change);

        /** What the application listens to. */
        Collection<ChannelName> channels();
    }

    /**
     * What a connection needs.
     *
     * @param probe first wait before a better transport is tried; doubled each time
     */
    record Settings(
            EventLoop loop,
            FrameLinks links,
            TransportChoice choice,
            TokenCache tokens,
            Backoff backoff,
            Duration probe,
            RandomGenerator random) {}

    /** Where it stands, for itself. */
    private enum Phase {
        IDLE,
        CONNECTING,
        ONLINE,
        WAITING,
        STOPPED
    }

    private final Settings settings;
    private final EventLoop loop;
    private final TransportChoice choice;
    private final Owner owner;
    private final Set<EventLoop.Timer> timers = new HashSet<>();
    private Phase phase = Phase.IDLE;
    /** Counts the attempts and the moves, so that what was meant for an earlier one does nothing to the next. */
    private int generation;

    private @Nullable FrameLink link;
    /** A better transport that is being tried beside the link. */
    private @Nullable FrameLink probe;
    /** The link before a move, whose REST calls may still be answered. */
    private @Nullable FrameLink left;

    private int failures;
    private Duration probeDelay;
    private int probes;
    private EventLoop.Timer nextProbe = EventLoop.Timer.NONE;
    private boolean steady;
    private boolean restart;
    /** The next try brings a new token. */
    private boolean freshToken;

    private boolean renewed;
    /** When a {@code goaway} allows to come back. */
    private @Nullable Duration returnAt;

    Connection(Settings settings, Owner owner) {
        this.settings = settings;
        this.loop = settings.loop;
        this.choice = settings.choice;
        this.probeDelay = settings.probe;
        this.owner = owner;
    }

    /** Connects if it is not connected, at once also when it was waiting for the next try. */
    void open() {
        if (phase != Phase.CONNECTING && phase != Phase.ONLINE) {
            connect();
        }
    }

    /** Tries now if it was waiting; makes sure that the link lives if there is one. */
    void wake() {
        probeDelay = settings.probe;
        if (phase == Phase.WAITING) {
            connect();
        } else if (phase == Phase.ONLINE && link != null) {
            link.check();
        }
    }

    /** Ends for good. */
    void close(String why) {
        if (phase != Phase.STOPPED) {
            FrameLink old = link;
            forget(false);
            become(Phase.STOPPED, new ConnectionState.Closed(CloseCode.DONE.code(), why));
            if (old != null) {
                old.close();
            }
        }
    }

    /** Sends a frame if a link is up; else it is dropped. */
    void send(ClientFrame frame) {
        if (phase == Phase.ONLINE && link != null) {
            link.send(frame);
        }
    }

    boolean isUp() {
        return phase == Phase.ONLINE;
    }

    private void connect() {
        forget(false);
        int mine = ++generation;
        Transport transport = choice.current();
        become(Phase.CONNECTING, new ConnectionState.Connecting(failures + 1, transport));
        var token = freshToken ? settings.tokens.renew() : settings.tokens.current();
        var unused = token.whenCompleteAsync(
                (bearer, failure) -> {
                    if (mine != generation || phase != Phase.CONNECTING) {
                        return;
                    }
                    if (failure != null) {
                        await("no token: " + Http.cause(failure).getMessage(), null, null, false);
                        return;
                    }
                    freshToken = false;
                    FrameLink opened = open(transport, bearer);
                    link = opened;
                    after(HANDSHAKE, () -> {
                        if (link == opened && phase == Phase.CONNECTING) {
                            opened.close();
                            ended(Ending.broken("no welcome", 2), transport);
                        }
                    });
                },
                loop);
    }

    private FrameLink open(Transport transport, String token) {
        Ear ear = new Ear(transport);
        FrameLink opened = settings.links.open(transport, token, owner.channels(), ear);
        ear.mine = opened;
        return opened;
    }

    private void onFrame(ServerFrame frame, Transport transport) {
        switch (frame) {
            case ServerFrame.Welcome welcome -> onWelcome(welcome, transport);
            case ServerFrame.GoAway goAway -> leave(goAway, transport);
            case ServerFrame.TokenExpiring expiring -> renew();
            default -> owner.onFrame(frame);
        }
    }

    private void onWelcome(ServerFrame.Welcome welcome, Transport transport) {
        if (phase == Phase.ONLINE) {
            return; // an event stream says it anew each time that it is asked for
        }
        phase = Phase.ONLINE;
        Arrival arrival = restart ? Arrival.RESTARTED : Arrival.RESUMED;
        restart = false;
        arrived();
        owner.onOnline(transport, welcome, arrival);
    }

    /** A better transport got through: it takes the link's place before that is closed, so nothing is missed between. */
    private void move(Transport to, ServerFrame.Welcome welcome) {
        Transport from = choice.current();
        FrameLink old = link;
        FrameLink better = probe;
        forget(true);
        generation++;
        link = better;
        left = old;
        choice.use(to);
        if (old != null) {
            old.close();
        }
        owner.onTransport(new TransportChange(from, to, to + " gets through"));
        arrived();
        owner.onOnline(to, welcome, Arrival.MOVED);
    }

    private void arrived() {
        steady = false;
        after(STEADY, () -> {
            failures = 0;
            choice.worked();
            steady = true;
            renewed = false;
        });
        renewInTime();
        tryBetterLater();
    }

    /** Tries a better transport after a while, and ever more rarely. */
    private void tryBetterLater() {
        probe = null;
        nextProbe.cancel();
        if (choice.better().isEmpty()) {
            probeDelay = settings.probe;
            return;
        }
        Duration half = probeDelay.dividedBy(2);
        Duration delay = half.plus(random(half));
        Duration doubled = probeDelay.multipliedBy(2);
        probeDelay = doubled.compareTo(MOST_PROBE) > 0 ? MOST_PROBE : doubled;
        nextProbe = after(delay, this::tryBetter);
    }

    private void tryBetter() {
        List<Transport> better = choice.better();
        FrameLink current = link;
        if (better.isEmpty() || current == null || probe != null) {
            return;
        }
        Transport transport = better.get(probes++ % better.size());
        var unused = settings.tokens
                .current()
                .whenCompleteAsync(
                        (token, failure) -> {
                            if (link != current || probe != null) {
                                return;
                            }
                            if (failure != null) {
                                tryBetterLater();
                                return;
                            }
                            FrameLink tried = open(transport, token);
                            probe = tried;
                            after(HANDSHAKE, () -> {
                                if (probe == tried) {
                                    tried.close();
                                    tryBetterLater();
                                }
                            });
                        },
                        loop);
    }

    /** Comes back at a random point of the time that the server gave, even if it leaves the link open. */
    private void leave(ServerFrame.GoAway goAway, Transport transport) {
        Duration delay = Duration.ofMillis(Math.max(0, goAway.reconnectAfterMs()))
                .plus(random(Duration.ofMillis(Math.max(0, goAway.jitterMs()))));
        returnAt = loop.now().plus(delay);
        FrameLink old = link;
        after(delay, () -> {
            if (old != null) {
                old.close();
            }
            ended(Ending.by(CloseCode.GOING_AWAY.code(), "going away: " + goAway.reason()), transport);
        });
    }

    private void ended(Ending ending, Transport transport) {
        boolean wasOnline = phase == Phase.ONLINE;
        boolean handshake = phase == Phase.CONNECTING && transport == Transport.WEBSOCKET;
        boolean early = wasOnline && !steady && ending.isAbnormal();
        Duration allowed = returnAt;
        forget(false);
        if (handshake && ending.isAbnormal()) {
            int mine = generation;
            var unused = settings.links.diagnose(ending).thenAccept(found -> {
                if (mine == generation && phase == Phase.CONNECTING) {
                    decide(found, false, allowed);
                }
            });
        } else {
            decide(ending.judged(ending.against(early ? 1 : 0)), wasOnline, allowed);
        }
    }

    private void decide(Ending ending, boolean wasOnline, @Nullable Duration allowed) {
        Instruction instruction = Instruction.of(ending.code());
        restart |= instruction == Instruction.RESTART;
        boolean renewing = instruction == Instruction.RENEW && !renewed;
        if (renewing) {
            renewed = true;
            freshToken = true;
        }
        String said = ending.reason().isEmpty()
                ? wasOnline ? "the link was lost (" + ending.code() + ")" : "the server does not answer"
                : ending.reason();
        if (wasOnline) {
            phase = Phase.WAITING; // whoever hears of the loss finds no link any more
            owner.onLinkLost();
        }
        if (renewing || instruction == Instruction.RESUME || instruction == Instruction.RESTART) {
            await(said, allowed, ending.retryAfter(), fallBack(ending.against(0), said));
        } else {
            become(Phase.STOPPED, new ConnectionState.Closed(ending.code(), said));
        }
    }

    /** Returns whether the next try takes a lower transport. */
    private boolean fallBack(double against, String why) {
        Transport from = choice.current();
        if (!choice.failed(against)) {
            return false;
        }
        owner.onTransport(new TransportChange(from, choice.current(), why));
        return choice.better().contains(from);
    }

    private void await(String why, @Nullable Duration allowed, @Nullable Duration retryAfter, boolean isNew) {
        Duration delay = settings.backoff.delay(failures++, settings.random);
        if (isNew) {
            delay = min(delay, random(SOON));
        }
        if (allowed != null) {
            Duration left = allowed.minus(loop.now());
            delay = left.isNegative() ? Duration.ZERO : left;
        }
        if (retryAfter != null) {
            Duration asked = retryAfter.plus(random(min(retryAfter, MOST_JITTER)));
            delay = asked.compareTo(delay) > 0 ? asked : delay;
        }
        after(delay, this::connect);
        become(Phase.WAITING, new ConnectionState.Waiting(failures, choice.current(), delay, why));
    }

    private void renewInTime() {
        settings.tokens.refreshIn().ifPresent(time -> after(time, this::renew));
    }

    /** Puts a new token on the link that is up. If there is none to be had, the server's 4401 decides. */
    private void renew() {
        FrameLink current = link;
        CompletableFuture<String> token = settings.tokens.renew();
        var unused = token.whenCompleteAsync(
                (fresh, failure) -> {
                    if (link != current) {
                        return;
                    }
                    if (failure != null) {
                        after(RENEW_AGAIN, this::renew);
                    } else {
                        send(new ClientFrame.Auth(AUTH, fresh));
                        renewInTime();
                    }
                },
                loop);
    }

    private Duration random(Duration most) {
        return most.isZero() ? most : Duration.ofNanos(settings.random.nextLong(most.toNanos() + 1));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private EventLoop.Timer after(Duration delay, Runnable task) {
        Waiting waiting = new Waiting();
        waiting.timer = loop.schedule(delay, () -> {
            timers.remove(waiting);
            task.run();
        });
        timers.add(waiting);
        return waiting;
    }

    /** A task of this link; those of the links before are cancelled. */
    private final class Waiting implements EventLoop.Timer {
        private EventLoop.Timer timer = NONE;

        @Override
        public void cancel() {
            timers.remove(this);
            timer.cancel();
        }
    }

    private void forget(boolean keepProbe) {
        List.copyOf(timers).forEach(EventLoop.Timer::cancel);
        FrameLink tried = probe;
        probe = null;
        link = null;
        left = null;
        returnAt = null;
        if (tried != null && !keepProbe) {
            tried.close();
        }
    }

    private void become(Phase next, ConnectionState state) {
        phase = next;
        owner.onState(state);
    }

    /** Hears one link. */
    private final class Ear implements FrameLinkListener {
        private final Transport transport;
        private @Nullable FrameLink mine;

        Ear(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void onFrame(ServerFrame frame) {
            if (mine == null) {
                return;
            }
            if (mine == link) {
                Connection.this.onFrame(frame, transport);
            } else if (mine == probe && frame instanceof ServerFrame.Welcome welcome) {
                move(transport, welcome);
            } else if (mine == left && frame instanceof ServerFrame.Reply reply && reply.ref() != null) {
                owner.onFrame(frame);
            }
        }

        @Override
        public void onEnded(Ending ending) {
            if (mine == null) {
                return;
            }
            if (mine == link) {
                ended(ending, transport);
            } else if (mine == probe) {
                tryBetterLater();
            }
        }
    }
}
