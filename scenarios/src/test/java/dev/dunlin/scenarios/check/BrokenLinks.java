package dev.dunlin.scenarios.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.client.link.Link;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.link.LinkListener;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Links of which each spoils one message, as a broken server would.
 *
 * @param followed counts the links on which a message followed the spoilt one in its channel: a
 *     message that is dropped as the last of its channel is lost, but leaves no hole
 */
record BrokenLinks(LinkConnector whole, Breakage breakage, AtomicInteger followed) implements LinkConnector {
    /** Which message is spoilt on each link. */
    private static final int SPOILT = 5;

    BrokenLinks(LinkConnector whole, Breakage breakage) {
        this(whole, breakage, new AtomicInteger());
    }

    /** Whether a spoilt message was followed by another one. May be called by any thread. */
    boolean showed() {
        return followed.get() > 0;
    }

    /** What becomes of a message and the one before it, which was kept back. */
    enum Breakage {
        DROP,
        REPEAT,
        SWAP,
        OTHER_SENDER,
        OTHER_CONTENT,
        OTHER_SEQ,
        NEVER_PUBLISHED
    }

    @Override
    public CompletableFuture<Link> open(URI uri, String token, LinkListener listener) {
        return whole.open(uri, token, new Spoiler(listener, breakage, followed));
    }

    /** Of one link; called by one thread at a time. */
    private static final class Spoiler implements LinkListener {
        private final LinkListener listener;
        private final Breakage breakage;
        private final AtomicInteger followed;
        private final List<ObjectNode> keptBack = new ArrayList<>();
        private int messages;
        private @Nullable JsonNode awaited;

        Spoiler(LinkListener listener, Breakage breakage, AtomicInteger followed) {
            this.listener = listener;
            this.breakage = breakage;
            this.followed = followed;
        }

        @Override
        public void onText(String text) {
            JsonNode node = parse(text);
            for (JsonNode frame : node.isArray() ? node : List.of(node)) {
                if (frame instanceof ObjectNode message
                        && message.path("type").asText().equals("message")) {
                    spoil(message);
                } else {
                    pass(frame);
                }
            }
        }

        private void spoil(ObjectNode message) {
            messages++;
            JsonNode channel = message.path("channel");
            boolean follows = channel.equals(awaited);
            if (messages == SPOILT) {
                awaited = channel;
            }
            spoilOrPass(message);
            if (follows) {
                awaited = null;
                followed.incrementAndGet();
            }
        }

        private void spoilOrPass(ObjectNode message) {
            if (!keptBack.isEmpty() && keptBack.getFirst().path("channel").equals(message.path("channel"))) {
                pass(message);
                pass(keptBack.removeFirst());
            } else if (messages != SPOILT) {
                pass(message);
            } else {
                switch (breakage) {
                    case DROP -> {}
                    case REPEAT -> {
                        pass(message);
                        pass(message);
                    }
                    case SWAP -> keptBack.add(message);
                    case OTHER_SENDER -> pass(message.put("from", "mallory"));
                    case OTHER_CONTENT -> pass(message.put("data", "something else"));
                    case OTHER_SEQ ->
                        pass(message.put("seq", message.path("seq").asLong() + 1));
                    case NEVER_PUBLISHED -> pass(message.put("id", "never-published"));
                }
            }
        }

        private void pass(JsonNode frame) {
            listener.onText(new String(Json.write(frame), StandardCharsets.UTF_8));
        }

        private static JsonNode parse(String text) {
            try {
                return Json.parse(text.getBytes(StandardCharsets.UTF_8));
            } catch (InvalidInput e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onAlive() {
            listener.onAlive();
        }

        @Override
        public void onClosed(int code, String reason) {
            listener.onClosed(code, reason);
        }
    }
}
