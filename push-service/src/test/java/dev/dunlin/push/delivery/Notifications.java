package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import java.util.OptionalLong;

/** Notifications for tests. */
public final class Notifications {
    private Notifications() {}

    public static Push.Alert saying(String text) {
        return saying(text, OptionalLong.empty());
    }

    public static Push.Alert saying(String text, OptionalLong unread) {
        return new Push.Alert(
                new UserId("bob"),
                new ChannelName("group:eng"),
                new Epoch("e1"),
                7,
                new ClientMessageId("m7"),
                new UserId("alice"),
                1007,
                TextNode.valueOf(text),
                1,
                false,
                Push.Preview.FULL,
                "default",
                unread,
                OptionalLong.empty(),
                new TraceId(1, 2));
    }
}
