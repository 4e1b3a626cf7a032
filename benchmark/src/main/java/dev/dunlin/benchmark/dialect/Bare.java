package dev.dunlin.benchmark.dialect;

import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.util.List;
import java.util.Optional;

/**
 * What {@link dev.dunlin.benchmark.floor.UpgradeLoop} understands: a handshake and one frame each
 * way. Nothing can be published.
 */
public record Bare() implements Dialect {
    @Override
    public Upgrade upgrade(String user) {
        return new Upgrade("/", Optional.empty(), Optional.empty());
    }

    @Override
    public List<Turn> greeting(String user) {
        return List.of();
    }

    @Override
    public List<Turn> subscribe(String user, String channel) {
        return List.of(Turn.of("subscribe", "subscribed"));
    }

    @Override
    public List<Turn> beforePublishing(String user, String channel) {
        return List.of();
    }

    @Override
    public Payload.Template publish(String channel, int bytes) {
        throw new UnsupportedOperationException("the floor of a handshake takes no messages");
    }

    @Override
    public String beforeId() {
        throw new UnsupportedOperationException("the floor of a handshake has no messages");
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
