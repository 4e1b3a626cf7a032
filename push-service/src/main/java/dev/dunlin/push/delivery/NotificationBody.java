package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;
import java.util.OptionalLong;

/** The JSON that a device receives, the same for every kind of device. */
public final class NotificationBody {
    private NotificationBody() {}

    /** The complete JSON. */
    public static byte[] whole(Notification notification, OptionalLong unread) {
        ObjectNode body = head(notification, unread);
        body.set("data", notification.data());
        return Json.write(body);
    }

    /**
     * The JSON in at most {@code bytes} bytes. If it would be longer, {@code data} is left out and
     * {@code "truncated":true} is added; the rules of ids bound the rest.
     */
    public static byte[] atMost(int bytes, Notification notification, OptionalLong unread) {
        byte[] whole = whole(notification, unread);
        return whole.length <= bytes
                ? whole
                : Json.write(head(notification, unread).put("truncated", true));
    }

    private static ObjectNode head(Notification notification, OptionalLong unread) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("type", "notification");
        body.put("user", notification.user().value());
        body.put("channel", notification.channel().value());
        body.put("seq", notification.seq());
        body.put("id", notification.id().value());
        body.put("from", notification.from().value());
        body.put("ts", notification.ts());
        unread.ifPresent(count -> body.put("unread", count));
        return body;
    }
}
