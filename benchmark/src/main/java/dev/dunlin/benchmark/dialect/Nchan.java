package dev.dunlin.benchmark.dialect;

import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.util.List;
import java.util.Optional;

/**
 * WebSockets of nchan ({@code benchmark/peers/nchan.conf}): who connects to {@code /sub} is
 * subscribed, what is sent to {@code /pub} goes to all of them.
 */
public record Nchan() implements Dialect {
    @Override
    public Upgrade upgrade(String user) {
        return new Upgrade(user.startsWith("publisher") ? "/pub" : "/sub", Optional.empty(), Optional.empty());
    }

    @Override
    public List<Turn> greeting(String user) {
        return List.of();
    }

    @Override
    public List<Turn> subscribe(String user, String channel) {
        return List.of();
    }

    @Override
    public List<Turn> beforePublishing(String user, String channel) {
        return List.of();
    }

    /** As long as the message that Dunlin delivers for that many bytes of data. */
    @Override
    public Payload.Template publish(String channel, int bytes) {
        return Payload.record(bytes);
    }

    @Override
    public String beforeId() {
        return "\"id\":\"";
    }

    @Override
    public Optional<String> pong(String text) {
        return Optional.empty();
    }

    @Override
    public Refusals refusals(String text) {
        return Refusals.NONE;
    }
}
