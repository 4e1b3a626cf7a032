package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
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

    public static Notification of(UserId user, ChannelName channel, long seq, JsonNode data) {
        return new Notification(
                user,
                channel,
                new Epoch("e1"),
                seq,
                new ClientMessageId("m" + seq),
                new UserId("alice"),
                1000 + seq,
                data,
                new TraceId(1, 2));
    }

    public static Push.Alert saying(String text) {
        return saying(text, OptionalLong.empty());
    }

    public static Push.Alert saying(String text, OptionalLong unread) {
        return of(new UserId("bob"), new ChannelName("group:eng"), 7, NullNode.getInstance())
                .saying(TextNode.valueOf(text), unread);
    }
}
