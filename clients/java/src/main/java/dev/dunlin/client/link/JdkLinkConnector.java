package dev.dunlin.client.link;

import dev.dunlin.client.rest.HttpRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens links with {@link java.net.http.WebSocket}. */
public final class JdkLinkConnector implements LinkConnector {
    private static final String SUBPROTOCOL = "dunlin.v1";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;

    public JdkLinkConnector(HttpClient http) {
        this.http = http;
    }

    @Override
    public CompletableFuture<Link> open(URI uri, String token, LinkListener listener) {
        return open(
                uri,
                handshake ->
                        handshake.header("Authorization", "Bearer " + token).subprotocols(SUBPROTOCOL),
                listener);
    }

    /** Opens a link with a handshake of the caller's making. */
    CompletableFuture<Link> open(URI uri, Consumer<WebSocket.Builder> handshake, LinkListener listener) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
        handshake.accept(builder);
        JdkLink link = new JdkLink(listener);
        return builder.buildAsync(uri, link).handle((socket, failure) -> {
            if (failure != null) {
                throw new CompletionException(explain(failure));
            }
            return link;
        });
    }

    private static Throwable explain(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return new HandshakeRefused(refused.getResponse().statusCode(), retryAfter(refused.getResponse()));
        }
        return cause instanceof IOException broken ? broken : new IOException(cause);
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return HttpRefused.retryAfter(response.headers()).orElse(Duration.ZERO);
    }

    /** Sends one after the other, as the JDK's socket demands, and joins what comes in parts. */
    private static final class JdkLink implements Link, WebSocket.Listener {
        private static final int MAX_MESSAGE_CHARS = 4 * 1024 * 1024;
        private static final int NORMAL = 1000;

        private final LinkListener listener;
        private final TextJoiner joiner = new TextJoiner(MAX_MESSAGE_CHARS);
        private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
        private CompletableFuture<WebSocket> sent = socket;
        private boolean ended;

        JdkLink(LinkListener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket.complete(opened);
            opened.request(1);
        }

        @Override
        public synchronized void send(String text) {
            enqueue(open -> open.sendText(text, true));
        }

        @Override
        public synchronized void close(int code, String reason) {
            enqueue(open -> open.sendClose(code, reason));
        }

        private void enqueue(Function<WebSocket, CompletableFuture<WebSocket>> step) {
            sent = sent.thenCompose(step);
            var unused = sent.exceptionally(failure -> {
                abort();
                end(ABNORMAL, String.valueOf(failure.getMessage()));
                return null;
            });
        }

        @Override
        public void abort() {
            var unused = socket.thenAccept(WebSocket::abort);
            end(ABNORMAL, "given up by this side");
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence part, boolean last) {
            listener.onAlive();
            try {
                joiner.add(part, last)
                        .ifPresentOrElse(text -> listener.onText(text, () -> open.request(1)), () -> open.request(1));
            } catch (IllegalStateException tooLong) {
                open.abort();
                end(ABNORMAL, String.valueOf(tooLong.getMessage()));
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket open, ByteBuffer message) {
            listener.onAlive();
            open.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket open, int code, String reason) {
            end(code == 0 ? NORMAL : code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket open, Throwable error) {
            end(ABNORMAL, String.valueOf(error.getMessage()));
        }

        private void end(int code, String reason) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
            }
            listener.onClosed(code, reason);
        }
    }
}
