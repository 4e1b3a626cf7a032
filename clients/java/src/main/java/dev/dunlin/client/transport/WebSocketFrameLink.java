package dev.dunlin.client.transport;

import dev.dunlin.client.link.Link;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.link.LinkListener;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One physical WebSocket. */
final class WebSocketFrameLink implements FrameLink {
    /** A server that does not answer the close handshake by then is left without it. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final EventLoop loop;
    private final FrameLinkListener listener;
    private final Heartbeat heartbeat;
    /** What came before the link was reported as open. */
    private final Deque<Runnable> early = new ArrayDeque<>();

    private @Nullable Link link;
    private boolean over;

    WebSocketFrameLink(EventLoop loop, LinkConnector connector, URI uri, String token, FrameLinkListener listener) {
        this.loop = loop;
        this.listener = listener;
        this.heartbeat = new Heartbeat(
                loop,
                () -> send(new ClientFrame.Ping(null)),
                () -> giveUp(CloseCode.HEARTBEAT_TIMEOUT.code(), "no answer from the server"));
        var unused = connector
                .open(uri, token, new Ear())
                .whenComplete((opened, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        end(Endings.ofHandshake(Http.cause(failure)));
                    } else {
                        opened(opened);
                    }
                }));
    }

    @Override
    public void send(ClientFrame frame) {
        if (link != null && !over) {
            link.send(new String(Json.write(frame), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        over = true;
        heartbeat.stop();
        early.clear();
        leave();
    }

    @Override
    public void check() {
        heartbeat.probe();
    }

    private void opened(Link opened) {
        link = opened;
        if (over) {
            leave();
            return;
        }
        while (!early.isEmpty()) {
            early.removeFirst().run();
        }
    }

    private void leave() {
        Link left = link;
        if (left != null) {
            left.close(CloseCode.DONE.code(), "");
            loop.schedule(CLOSE_PATIENCE, left::abort);
        }
    }

    private void onText(String text) {
        if (over) {
            return;
        }
        List<ServerFrame> frames;
        try {
            frames = Frames.in(text);
        } catch (InvalidInput notJson) {
            giveUp(Link.ABNORMAL, "not JSON");
            return;
        }
        heartbeat.heard();
        for (ServerFrame frame : frames) {
            if (over) {
                return;
            }
            if (frame instanceof ServerFrame.Welcome welcome) {
                heartbeat.start(Duration.ofSeconds(Math.max(1, welcome.heartbeat())));
            }
            listener.onFrame(frame);
        }
    }

    /**
     * The listener hears of it at once, and not only when the server has answered, which it may
     * never do.
     */
    private void giveUp(int code, String reason) {
        Link left = link;
        end(Ending.by(code, reason));
        if (left != null) {
            left.abort();
        }
    }

    private void end(Ending ending) {
        if (over) {
            return;
        }
        over = true;
        heartbeat.stop();
        early.clear();
        listener.onEnded(ending);
    }

    /**
     * Brings what the link says to the loop; the next message is asked for when this one was taken,
     * so that a slow client reads slowly.
     */
    private final class Ear implements LinkListener {
        @Override
        public void onText(String text) {
            onText(text, () -> {});
        }

        @Override
        public void onText(String text, Runnable more) {
            inTurn(() -> {
                WebSocketFrameLink.this.onText(text);
                more.run();
            });
        }

        @Override
        public void onAlive() {
            loop.execute(heartbeat::heard);
        }

        @Override
        public void onClosed(int code, String reason) {
            inTurn(() -> end(Ending.by(code, reason)));
        }

        private void inTurn(Runnable task) {
            loop.execute(() -> {
                if (link == null && !over) {
                    early.add(task);
                } else {
                    task.run();
                }
            });
        }
    }
}
