package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;

/** The JSON that a device receives, the same for every kind of device: docs/push.md. */
public final class PushBody {
    private static final String DEFAULT_SOUND = "default";

    private PushBody() {}

    /** The complete JSON. */
    public static byte[] whole(Push push) {
        ObjectNode body = head(push);
        if (push instanceof Push.Alert alert && alert.preview() == Push.Preview.FULL) {
            body.set("data", alert.data());
        }
        return Json.write(body);
    }

    /**
     * The JSON in at most {@code bytes} bytes. If it would be longer, {@code data} is left out and
     * {@code "truncated":true} is added; the rules of ids bound the rest.
     */
    public static byte[] atMost(int bytes, Push push) {
        byte[] whole = whole(push);
        return whole.length <= bytes ? whole : Json.write(head(push).put("truncated", true));
    }

    /** All but the content of the message. */
    public static ObjectNode head(Push push) {
        ObjectNode body = Json.mapper().createObjectNode();
        switch (push) {
            case Push.Alert alert -> {
                body.put("type", "notification");
                body.put("user", alert.user().value());
                body.put("channel", alert.channel().value());
                body.put("seq", alert.seq());
                body.put("id", alert.id().value());
                if (alert.preview() != Push.Preview.ID) {
                    body.put("from", alert.from().value());
                }
                body.put("ts", alert.ts());
                if (alert.count() > 1) {
                    body.put("count", alert.count());
                }
                if (alert.mentioned()) {
                    body.put("mentioned", true);
                }
                if (!alert.sound().equals(DEFAULT_SOUND)) {
                    body.put("sound", alert.sound());
                }
                alert.unread().ifPresent(count -> body.put("unread", count));
            }
            case Push.Clear clear -> {
                body.put("type", "read");
                body.put("user", clear.user().value());
                body.put("channel", clear.channel().value());
                body.put("seq", clear.seq());
            }
        }
        push.badge().ifPresent(count -> body.put("badge", count));
        return body;
    }
}
