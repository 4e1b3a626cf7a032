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
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.Collection;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link up, by the best transport that gets through. Close codes, {@code goaway} and the
 * backoff decide what follows a lost link: {@code docs/clients.md}, sections "Reconnecting" and
 * "Falling back and coming back up". One per client, for its whole life. On the loop only.
 */
final class Connection {
    /** Gives up a handshake without {@code welcome}; the HTTP transports give up sooner. */
    static final Duration HANDSHAKE = Duration.ofSeconds(15);
    /** Resets the backoff only after this time, so that a link that breaks at once does not. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    /** Receives what happens to the connection, on the loop. */
    interface Owner {
        void onFrame(ServerFrame frame);

        /** A link is up. */
        void onOnline(Transport transport, ServerFrame.Welcome welcome, Arrival arrival);

        /** A link that was up is gone. */
        void onLinkLost();

        void onState(ConnectionState state);

        void onTransport(TransportChange change);

        /** The channels that the application subscribed. */
        Collection<ChannelName> channels();
    }

    /**
     * What a connection needs.
     *
     * @param probe first interval between two probes of a better transport; doubled each time
     */
    record Settings(
            EventLoop loop,
            FrameLinks links,
            TransportChoice choice,
            TokenCache tokens,
            Backoff backoff,
            Duration probe,
            RandomGenerator random) {}

    /** {@code CLOSED} lasts until the application asks for a connection again. */
    private enum Phase {
        IDLE,
        CONNECTING,
        OPEN,
        WAITING,
        CLOSED
    }

    private final EventLoop loop;
    private final FrameLinks links;
    private final TransportChoice choice;
    private final Owner owner;
    private final LinkTimers timers;
    private final ReconnectDelay delays;
    private final TokenRenewal tokens;
    private final TransportUpgrade upgrade;
    private Phase phase = Phase.IDLE;
    /** Counts attempts and upgrades, so that a result for an earlier one is ignored. */
    private int generation;

    private @Nullable FrameLink link;
    /** The link before an upgrade, whose REST calls may still be answered. */
    private @Nullable FrameLink left;
    /** The link was up long enough to count as good. */
    private boolean steady;
    /** A close code said that positions are void. */
    private boolean restart;
    /** When a {@code goaway} allows the next attempt. */
    private @Nullable Duration returnAt;

    Connection(Settings settings, Owner owner) {
        this.loop = settings.loop;
        this.links = settings.links;
        this.choice = settings.choice;
        this.owner = owner;
        this.timers = new LinkTimers(loop);
        this.delays = new ReconnectDelay(settings.backoff, settings.random);
        this.tokens = new TokenRenewal(settings.tokens, loop, timers, this::send);
        this.upgrade = new TransportUpgrade(settings, delays, timers, this::open);
    }

    /** Connects if there is no link; at once, even while it waits for the next attempt. */
    void open() {
        if (phase != Phase.CONNECTING && phase != Phase.OPEN) {
            connect();
        }
    }

    /** Connects now if it waits for the next attempt; checks the link if there is one. */
    void wake() {
        upgrade.reset();
        if (phase == Phase.WAITING) {
            connect();
        } else if (phase == Phase.OPEN && link != null) {
            link.check();
        }
    }

    /** Closes the link; only {@link #open} connects again. */
    void close(String why) {
        if (phase != Phase.CLOSED) {
            FrameLink old = link;
            forget();
            become(Phase.CLOSED, new ConnectionState.Closed(CloseCode.DONE.code(), why));
            if (old != null) {
                old.close();
            }
        }
    }

    /** Sends a frame if a link is up; otherwise drops it. */
    void send(ClientFrame frame) {
        if (phase == Phase.OPEN && link != null) {
            link.send(frame);
        }
    }

    boolean isUp() {
        return phase == Phase.OPEN;
    }

    /** Whether a link is up, or is being established. */
    boolean isActive() {
        return phase != Phase.IDLE && phase != Phase.CLOSED;
    }

    private void connect() {
        forget();
        int mine = ++generation;
        Transport transport = choice.current();
        become(Phase.CONNECTING, new ConnectionState.Connecting(delays.failures() + 1, transport));
        var unused = tokens.forAttempt()
                .whenCompleteAsync(
                        (token, failure) -> {
                            if (mine != generation || phase != Phase.CONNECTING) {
                                return;
                            }
                            if (failure != null) {
                                onNoToken(Http.cause(failure));
                            } else {
                                tokens.obtained();
                                shakeHands(transport, token);
                            }
                        },
                        loop);
    }

    /** A source that failed is asked again; one that returns no token is a fault of the program. */
    private void onNoToken(Throwable failure) {
        if (failure instanceof InvalidToken invalid) {
            become(Phase.CLOSED, new ConnectionState.Closed(CloseCode.TOKEN_EXPIRED.code(), invalid.why()));
        } else {
            await("no token: " + failure.getMessage(), null, null, false);
        }
    }

    private void shakeHands(Transport transport, String token) {
        FrameLink opened = open(transport, token);
        link = opened;
        timers.after(HANDSHAKE, () -> {
            if (link == opened && phase == Phase.CONNECTING) {
                opened.close();
                ended(Ending.broken("no welcome", 2), transport);
            }
        });
    }

    private FrameLink open(Transport transport, String token) {
        Ear ear = new Ear(transport);
        FrameLink opened = links.open(transport, token, owner.channels(), ear);
        ear.mine = opened;
        return opened;
    }

    private void onFrame(ServerFrame frame, Transport transport) {
        if (frame instanceof ServerFrame.Welcome welcome) {
            onWelcome(welcome, transport);
        } else if (frame instanceof ServerFrame.GoAway goAway) {
            leave(goAway, transport);
        } else if (frame instanceof ServerFrame.TokenExpiring) {
            tokens.renew();
        } else {
            owner.onFrame(frame);
        }
    }

    private void onWelcome(ServerFrame.Welcome welcome, Transport transport) {
        if (phase == Phase.OPEN) {
            return; // each answer of an event stream begins with one
        }
        phase = Phase.OPEN;
        Arrival arrival = restart ? Arrival.RESTARTED : Arrival.RESUMED;
        restart = false;
        arrived();
        owner.onOnline(transport, welcome, arrival);
    }

    /** Moves to the better link before it closes the old one, so no event is missed in between. */
    private void upgrade(Transport to, ServerFrame.Welcome welcome) {
        Transport from = choice.current();
        FrameLink old = link;
        FrameLink better = upgrade.take();
        forget();
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
        timers.after(STEADY, () -> {
            delays.reset();
            choice.worked();
            steady = true;
            tokens.accepted();
        });
        tokens.schedule();
        upgrade.schedule();
    }

    /**
     * Reconnects at a random moment of the time that the server gave, even if the link stays open.
     */
    private void leave(ServerFrame.GoAway goAway, Transport transport) {
        Duration delay = delays.of(goAway);
        returnAt = loop.now().plus(delay);
        FrameLink old = link;
        timers.after(delay, () -> {
            if (old != null) {
                old.close();
            }
            ended(Ending.by(CloseCode.GOING_AWAY.code(), "going away: " + goAway.reason()), transport);
        });
    }

    private void ended(Ending ending, Transport transport) {
        boolean wasOpen = phase == Phase.OPEN;
        boolean handshake = phase == Phase.CONNECTING && transport == Transport.WEBSOCKET;
        boolean early = wasOpen && !steady && ending.isAbnormal();
        Duration allowed = returnAt;
        forget();
        if (handshake && ending.isAbnormal()) {
            int mine = generation;
            var unused = links.diagnose(ending).thenAccept(found -> {
                if (mine == generation && phase == Phase.CONNECTING) {
                    decide(found, false, allowed);
                }
            });
        } else {
            decide(ending.judged(ending.against(early ? 1 : 0)), wasOpen, allowed);
        }
    }

    private void decide(Ending ending, boolean wasOpen, @Nullable Duration allowed) {
        Instruction instruction = Instruction.of(ending.code());
        restart |= instruction == Instruction.RESTART;
        boolean renewing = instruction == Instruction.RENEW && tokens.refused();
        String why = ending.reason().isEmpty()
                ? wasOpen ? "the link was lost (" + ending.code() + ")" : "the server does not answer"
                : ending.reason();
        if (wasOpen) {
            phase = Phase.WAITING; // the owner must find no link when it learns of the loss
            owner.onLinkLost();
        }
        if (renewing || instruction == Instruction.RESUME || instruction == Instruction.RESTART) {
            await(why, allowed, ending.retryAfter(), fallBack(ending.against(0), why));
        } else {
            become(Phase.CLOSED, new ConnectionState.Closed(ending.code(), why));
        }
    }

    /** Returns whether the next attempt uses a lower transport. */
    private boolean fallBack(double against, String why) {
        Transport from = choice.current();
        if (!choice.failed(against)) {
            return false;
        }
        owner.onTransport(new TransportChange(from, choice.current(), why));
        return choice.better().contains(from);
    }

    private void await(String why, @Nullable Duration allowed, @Nullable Duration retryAfter, boolean newTransport) {
        Duration goAway = allowed == null ? null : allowed.minus(loop.now());
        Duration delay = delays.next(newTransport, goAway, retryAfter);
        timers.after(delay, this::connect);
        become(Phase.WAITING, new ConnectionState.Waiting(delays.failures(), choice.current(), delay, why));
    }

    /** Nothing of the link reaches the connection any more. */
    private void forget() {
        timers.cancelAll();
        link = null;
        left = null;
        returnAt = null;
        tokens.cancel();
        upgrade.cancel();
    }

    private void become(Phase next, ConnectionState state) {
        phase = next;
        owner.onState(state);
    }

    /** Receives what comes from one link. */
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
            } else if (upgrade.isProbe(mine) && frame instanceof ServerFrame.Welcome welcome) {
                upgrade(transport, welcome);
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
            } else if (upgrade.isProbe(mine)) {
                upgrade.schedule();
            }
        }
    }
}
