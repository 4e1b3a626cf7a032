package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Push.Preview;
import java.util.OptionalLong;

/** Pushes for tests: to bob, of alice's message 7 in group:eng. */
public final class Alerts {
    private static final UserId BOB = new UserId("bob");
    private static final ChannelName CHANNEL = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");

    private Alerts() {}

    public static Push.Alert saying(String text) {
        return alert(TextNode.valueOf(text), 1, Preview.FULL);
    }

    public static Push.Alert alert(JsonNode data, int count, Preview preview) {
        return alert(data, count, preview, "default");
    }

    public static Push.Alert alert(JsonNode data, int count, Preview preview, String sound) {
        return new Push.Alert(
                BOB,
                CHANNEL,
                EPOCH,
                7,
                new ClientMessageId("m7"),
                new UserId("alice"),
                1_767_225_600_000L,
                data,
                count,
                false,
                preview,
                sound,
                OptionalLong.of(3),
                OptionalLong.of(5),
                new TraceId(1, 2));
    }

    public static Push.Clear clear() {
        return new Push.Clear(BOB, CHANNEL, EPOCH, 7, OptionalLong.of(4), new TraceId(1, 2));
    }
}
