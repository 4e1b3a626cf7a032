package dev.dunlin.client;

import dev.dunlin.client.link.HandshakeRefused;
import dev.dunlin.client.link.Link;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.link.LinkListener;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps one link up: opens it, notices its end, and comes back as the close code, the status or {@code goaway} advises. On the loop only. */
final class Connection {
    private static final Duration WELCOME_TIMEOUT = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 3;

    /** Hears the connection, on the loop. */
    interface Owner {
        void onText(String text);

        /** The link is gone; {@code startOver} if positions mean nothing any more. */
        void onLinkLost(boolean startOver);

        void onState(ConnectionState state);
    }

    private final EventLoop loop;
    private final LinkConnector connector;
    private final URI uri;
    private final TokenCache tokens;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Owner owner;

    /** Tells the link of now from those before: what an older one still says is not heard. */
    private int generation;

    private @Nullable Link link;
    private boolean welcomed;
    private boolean closed;
    private boolean heard;
    private boolean leaving;
    private boolean freshToken;
    private boolean usedFreshToken;
    private final List<String> beforeOpened = new ArrayList<>();
    private int attempt;
    private EventLoop.Timer watch = () -> {};
    private EventLoop.Timer next = () -> {};

    Connection(
            EventLoop loop,
            LinkConnector connector,
            URI uri,
            TokenCache tokens,
            Backoff backoff,
            RandomGenerator random,
            Owner owner) {
        this.loop = loop;
        this.connector = connector;
        this.uri = uri;
        this.tokens = tokens;
        this.backoff = backoff;
        this.random = random;
        this.owner = owner;
    }

    /** Opens a link; does nothing on a closed connection. */
    void open() {
        if (closed) {
            return;
        }
        int mine = ++generation;
        CompletableFuture<String> token = freshToken ? tokens.renew() : tokens.current();
        usedFreshToken = freshToken;
        freshToken = false;
        leaving = false;
        beforeOpened.clear();
        var unused = token.thenCompose(bearer -> connector.open(uri, bearer, new Ear(mine)))
                .whenComplete((opened, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        onRefused(mine, failure);
                    } else {
                        onOpened(mine, opened);
                    }
                }));
        watch.cancel();
        watch = loop.schedule(WELCOME_TIMEOUT.plus(WELCOME_TIMEOUT), () -> giveUp(mine, "no welcome"));
    }

    /** Sends a text if there is a link that was welcomed; else it is dropped. */
    void send(String text) {
        if (link != null && welcomed) {
            link.send(text);
        }
    }

    boolean isUp() {
        return link != null && welcomed;
    }

    /** The session began: the link is good. */
    void onWelcome(ServerFrame.Welcome welcome) {
        welcomed = true;
        watch.cancel();
        watchHeartbeat(generation, Duration.ofSeconds(Math.max(1, welcome.heartbeat())));
    }

    /** Leaves this link after the time that the server asks for, and comes back at once on another. */
    void onGoAway(ServerFrame.GoAway goAway) {
        long jitter = goAway.jitterMs() > 0 ? random.nextLong(goAway.jitterMs() + 1) : 0;
        Duration delay = Duration.ofMillis(Math.max(0, goAway.reconnectAfterMs()) + jitter);
        int mine = generation;
        leaving = true;
        next.cancel();
        next = loop.schedule(delay, () -> {
            if (mine == generation && link != null) {
                link.close(CloseCode.DONE.code(), "going as asked");
                drop(false);
            }
            open();
        });
        owner.onState(new ConnectionState.Waiting(delay, "the server goes away: " + goAway.reason()));
    }

    /** Ends for good. */
    void close(String why) {
        if (closed) {
            return;
        }
        closed = true;
        next.cancel();
        watch.cancel();
        if (link != null) {
            link.close(CloseCode.DONE.code(), "");
        }
        drop(false);
        generation++;
        owner.onState(new ConnectionState.Closed(why));
    }

    private void onOpened(int mine, Link opened) {
        if (mine != generation || closed) {
            opened.close(CloseCode.DONE.code(), "");
            return;
        }
        link = opened;
        List.copyOf(beforeOpened).forEach(owner::onText);
        beforeOpened.clear();
    }

    private void onRefused(int mine, Throwable failure) {
        if (mine != generation || closed) {
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = explain(cause);
        if (cause instanceof HandshakeRefused refused) {
            switch (refused.status()) {
                case 401 -> renewTokenOnce();
                case 403 -> close("the server forbids this user to connect (status 403)");
                default -> comeBack(refused.retryAfter(), why);
            }
        } else {
            comeBack(Duration.ZERO, why);
        }
    }

    private void renewTokenOnce() {
        if (usedFreshToken) {
            close("the server refused the token (status 401)");
        } else {
            freshToken = true;
            open();
        }
    }

    private static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException refused) {
                return refused.getMessage() == null ? "connection refused" : refused.getMessage();
            }
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private void onClosed(int mine, int code, String reason) {
        if (mine != generation || closed) {
            return;
        }
        boolean wasWelcomed = welcomed;
        String why = "the link ended with " + code + (reason.isEmpty() ? "" : " " + reason);
        switch (CloseCode.adviceFor(code)) {
            case STAY_CLOSED -> close(why);
            case RESUME -> lose(false, why);
            case START_OVER -> lose(true, why);
            case ACT_FIRST -> {
                if (code == CloseCode.TOKEN_EXPIRED.code() && wasWelcomed) {
                    freshToken = true;
                    lose(false, why);
                } else {
                    close(why);
                }
            }
        }
    }

    private void lose(boolean startOver, String why) {
        generation++;
        drop(startOver);
        if (!leaving) {
            comeBack(Duration.ZERO, why);
        }
    }

    private void drop(boolean startOver) {
        boolean had = link != null;
        link = null;
        welcomed = false;
        watch.cancel();
        if (had) {
            owner.onLinkLost(startOver);
        }
    }

    private void comeBack(Duration atLeast, String why) {
        watch.cancel();
        Duration delay = atLeast.plus(backoff.delay(attempt++, random));
        next.cancel();
        next = loop.schedule(delay, this::open);
        owner.onState(new ConnectionState.Waiting(delay, why));
    }

    private void watchHeartbeat(int mine, Duration heartbeat) {
        heard = false;
        watch = loop.schedule(heartbeat.multipliedBy(MISSED_HEARTBEATS), () -> {
            if (!heard) {
                giveUp(mine, "the server was silent for " + MISSED_HEARTBEATS + " heartbeats");
            } else if (mine == generation) {
                attempt = 0; // a link that lasted: the next loss is a new story
                watchHeartbeat(mine, heartbeat);
            }
        });
    }

    private void giveUp(int mine, String why) {
        if (mine != generation || closed) {
            return;
        }
        if (link != null) {
            link.abort();
        }
        lose(false, why);
    }

    /** Brings what one link says to the loop. */
    private final class Ear implements LinkListener {
        private final int mine;

        Ear(int mine) {
            this.mine = mine;
        }

        @Override
        public void onText(String text) {
            loop.execute(() -> {
                if (mine != generation || closed) {
                    return;
                }
                if (link == null) {
                    beforeOpened.add(text);
                } else {
                    owner.onText(text);
                }
            });
        }

        @Override
        public void onAlive() {
            loop.execute(() -> heard |= mine == generation);
        }

        @Override
        public void onClosed(int code, String reason) {
            loop.execute(() -> Connection.this.onClosed(mine, code, reason));
        }
    }
}
