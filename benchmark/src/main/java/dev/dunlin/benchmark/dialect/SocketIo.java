package dev.dunlin.benchmark.dialect;

import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.util.List;
import java.util.Optional;

/**
 * Packets of Engine.IO 4 with Socket.IO 5 inside: the first digit is the type of the one ({@code 0}
 * open, {@code 2} ping, {@code 3} pong, {@code 4} message), the second that of the other ({@code 0}
 * connect, {@code 2} event, {@code 3} ack), followed by the number of the ack. The events are those
 * of {@code benchmark/peers/socketio-server.mjs}.
 */
public record SocketIo() implements Dialect {
    private static final String PING = "2";
    private static final String PONG = "3";
    private static final String CONNECT = "40";
    private static final String EVENT_WITH_ACK = "420";
    private static final String ACK = "430";

    @Override
    public Upgrade upgrade(String user) {
        return new Upgrade("/socket.io/?EIO=4&transport=websocket", Optional.empty(), Optional.empty());
    }

    @Override
    public List<Turn> greeting(String user) {
        return List.of(Turn.of("", "0{"), Turn.of(CONNECT, CONNECT + "{"));
    }

    @Override
    public List<Turn> subscribe(String user, String channel) {
        return List.of(Turn.of(EVENT_WITH_ACK + "[\"join\",\"" + channel + "\"]", ACK));
    }

    @Override
    public List<Turn> beforePublishing(String user, String channel) {
        return List.of();
    }

    @Override
    public Payload.Template publish(String channel, int bytes) {
        return new Payload.Template(EVENT_WITH_ACK + "[\"publish\",{\"channel\":\"" + channel + "\",\"id\":\""
                + Payload.ID + "\",\"data\":" + Payload.data(bytes) + "}]");
    }

    @Override
    public String beforeId() {
        return "\"id\":\"";
    }

    @Override
    public Optional<String> pong(String text) {
        return text.equals(PING) ? Optional.of(PONG) : Optional.empty();
    }

    @Override
    public Refusals refusals(String text) {
        return Refusals.NONE;
    }
}
