package dev.dunlin.examples.chat;

import dev.dunlin.client.ConnectionState;
import dev.dunlin.client.TransportChange;
import dev.dunlin.client.transport.Transport;
import java.net.URI;

/**
 * Says what becomes of the connection, once for each loss. Called on the client's thread; the
 * questions from any.
 */
final class LinkNotices {
    /**
     * Before it was ever up, so many tries are made, or a few more as long as another transport is
     * left.
     */
    private static final int FIRST_TRIES = 2;

    private static final int MOST_FIRST_TRIES = 6;

    private final ChatScreen screen;
    private final URI origin;
    private final Waiting waiting;
    private volatile boolean up;
    private volatile Transport transport = Transport.WEBSOCKET;
    private boolean wasUp;
    private boolean said;

    LinkNotices(ChatScreen screen, URI origin, Waiting waiting) {
        this.screen = screen;
        this.origin = origin;
        this.waiting = waiting;
    }

    boolean isUp() {
        return up;
    }

    Transport transport() {
        return transport;
    }

    void onState(ConnectionState state) {
        switch (state) {
            case ConnectionState.Connecting _ -> up = false;
            case ConnectionState.Connected connected -> {
                up = true;
                transport = connected.transport();
                if (said) {
                    screen.hint("connected again, by " + transport);
                }
                said = false;
                wasUp = true;
            }
            case ConnectionState.Waiting lost -> {
                up = false;
                if (!wasUp) {
                    giveUpAfterAFewTries(lost);
                } else if (!said) {
                    said = true;
                    screen.error("connection lost (" + lost.why() + "); trying again");
                }
            }
            case ConnectionState.Closed closed -> waiting.fail(closed.why());
        }
    }

    void onTransport(TransportChange change) {
        screen.hint("going from " + change.from() + " to " + change.to() + ": " + change.why());
    }

    private void giveUpAfterAFewTries(ConnectionState.Waiting lost) {
        int tries = lost.transport() == Transport.WEBSOCKET ? FIRST_TRIES : MOST_FIRST_TRIES;
        if (lost.attempt() >= tries) {
            waiting.fail("cannot reach " + origin + ": " + lost.why() + "; is the suite up (./dev up)?");
        }
    }
}
