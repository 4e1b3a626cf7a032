package dev.dunlin.client;

import dev.dunlin.client.link.Link;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.link.LinkListener;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The server's side of a client's links, played by the test. */
final class LinksByHand implements LinkConnector {
    /** One link. */
    static final class Server implements Link {
        final String token;
        private final LinkListener listener;
        final List<ClientFrame> sent = new ArrayList<>();

        @Nullable
        Integer closedBy;

        boolean aborted;

        Server(String token, LinkListener listener) {
            this.token = token;
            this.listener = listener;
        }

        void say(ServerFrame frame) {
            listener.onAlive();
            listener.onText(new String(Json.write(frame), StandardCharsets.UTF_8));
        }

        void close(int code) {
            listener.onClosed(code, "by hand");
        }

        <T extends ClientFrame> List<T> sent(Class<T> type) {
            return sent.stream().filter(type::isInstance).map(type::cast).toList();
        }

        @Override
        public void send(String text) {
            try {
                sent.add(Json.read(text.getBytes(StandardCharsets.UTF_8), ClientFrame.class));
            } catch (InvalidInput e) {
                throw new AssertionError(text, e);
            }
        }

        @Override
        public void close(int code, String reason) {
            closedBy = code;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }

    final List<Server> opened = new ArrayList<>();
    final List<IOException> refusals = new ArrayList<>();

    @Override
    public CompletableFuture<Link> open(URI uri, String token, LinkListener listener) {
        if (!refusals.isEmpty()) {
            return CompletableFuture.failedFuture(refusals.remove(0));
        }
        Server server = new Server(token, listener);
        opened.add(server);
        return CompletableFuture.completedFuture(server);
    }
}
