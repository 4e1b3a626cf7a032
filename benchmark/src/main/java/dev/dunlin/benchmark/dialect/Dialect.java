package dev.dunlin.benchmark.dialect;

import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.util.List;
import java.util.Optional;

/**
 * How clients of one server talk: each text is one WebSocket frame. Immutable. Message ids are
 * those of {@link dev.dunlin.benchmark.load.MessageIds}, so one load tool drives every server.
 */
public interface Dialect {
    /** The handshake of a user. */
    Upgrade upgrade(String user);

    /** What follows the handshake, in order, until the user may subscribe. */
    List<Turn> greeting(String user);

    /** The same for users that have been there before, where that makes a difference. */
    default Dialect forKnownUsers() {
        return this;
    }

    /** What makes a user a subscriber of a channel. */
    List<Turn> subscribe(String user, String channel);

    /** What a user must do before it publishes to a channel. */
    List<Turn> beforePublishing(String user, String channel);

    /** The text that publishes a message with {@code bytes} bytes of data. */
    Payload.Template publish(String channel, int bytes);

    /** The text right before the id of a message, in acks and in deliveries. */
    String beforeId();

    /** The text that the server expects as the answer to one that it sends when it is idle. */
    Optional<String> pong(String text);

    /** Whether a text may hold refusals. */
    Refusals refusals(String text);

    /**
     * How many publishes a text refuses.
     *
     * @param overloaded those that may be repeated after a time that the server names
     */
    record Refusals(int all, int overloaded) {
        static final Refusals NONE = new Refusals(0, 0);
    }
}
