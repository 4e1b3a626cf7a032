package dev.dunlin.benchmark.dialect;

import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Dunlin's frames ({@code docs/protocol.md}).
 *
 * @param token makes the token of a user
 */
public record Dunlin(UnaryOperator<String> token) implements Dialect {
    private static final String ERROR = "\"type\":\"error\"";
    private static final String OVERLOADED = "\"code\":\"overloaded\"";
    private static final String RETRY = "\"retryAfterMs\":";

    @Override
    public Upgrade upgrade(String user) {
        return Upgrade.dunlin(token.apply(user));
    }

    @Override
    public List<Turn> greeting(String user) {
        return List.of(Turn.of("", "\"type\":\"welcome\""));
    }

    /** A cold service on a busy machine may refuse the first times. */
    @Override
    public List<Turn> subscribe(String user, String channel) {
        return List.of(new Turn(
                "{\"type\":\"subscribe\",\"ref\":\"s\",\"channel\":\"" + channel + "\"}",
                "\"type\":\"subscribed\"",
                ERROR));
    }

    @Override
    public List<Turn> beforePublishing(String user, String channel) {
        return List.of();
    }

    @Override
    public Payload.Template publish(String channel, int bytes) {
        return Payload.publish(channel, bytes);
    }

    @Override
    public String beforeId() {
        return "\"id\":\"";
    }

    @Override
    public Optional<String> pong(String text) {
        return Optional.empty();
    }

    /** A text may be an array of frames. */
    @Override
    public Refusals refusals(String text) {
        int errors = count(text, ERROR);
        return errors == 0
                ? Refusals.NONE
                : new Refusals(errors, Math.min(count(text, OVERLOADED), count(text, RETRY)));
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
