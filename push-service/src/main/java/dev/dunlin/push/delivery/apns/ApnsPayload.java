package dev.dunlin.push.delivery.apns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.JsonText;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.PushBody;
import dev.dunlin.push.delivery.PushText;

/**
 * The JSON that APNs gets, in at most {@value #MOST_BYTES} bytes (Apple: "Generating a remote
 * notification"). If it would be longer, the content of the message is left out of {@code dunlin},
 * which then has {@code "truncated":true}. If it is still longer, the text that the phone shows is
 * cut.
 */
final class ApnsPayload {
    static final int MOST_BYTES = 4096;

    private static final String PLACEHOLDER = "…";
    private static final int PLACEHOLDER_BYTES = 3;

    private ApnsPayload() {}

    static byte[] of(Push push) {
        return switch (push) {
            case Push.Alert alert -> alert(alert);
            case Push.Clear clear -> Json.write(clear(clear));
        };
    }

    private static byte[] alert(Push.Alert alert) {
        PushText text = PushText.of(alert);
        ObjectNode dunlin = PushBody.head(alert);
        if (alert.preview() == Push.Preview.FULL) {
            dunlin.set("data", alert.data());
        }
        byte[] whole = write(alert, text, text.body(), dunlin);
        if (whole.length <= MOST_BYTES) {
            return whole;
        }
        ObjectNode head = PushBody.head(alert).put("truncated", true);
        byte[] withoutData = write(alert, text, text.body(), head);
        if (withoutData.length <= MOST_BYTES) {
            return withoutData;
        }
        int room = MOST_BYTES - write(alert, text, PLACEHOLDER, head).length + PLACEHOLDER_BYTES;
        return write(alert, text, JsonText.cut(text.body(), room), head);
    }

    private static byte[] write(Push.Alert alert, PushText text, String body, ObjectNode dunlin) {
        ObjectNode root = Json.mapper().createObjectNode();
        ObjectNode aps = root.putObject("aps");
        ObjectNode lines = aps.putObject("alert").put("title", text.title());
        text.subtitle().ifPresent(subtitle -> lines.put("subtitle", subtitle));
        if (!body.isEmpty()) {
            lines.put("body", body);
        }
        alert.badge().ifPresent(badge -> aps.put("badge", badge));
        if (!isQuiet(alert)) {
            aps.put("sound", alert.sound());
        }
        aps.put("thread-id", alert.channel().value());
        aps.put("mutable-content", 1);
        root.set("dunlin", dunlin);
        return Json.write(root);
    }

    /** A background notification: it may set the badge, but has neither alert nor sound. */
    private static ObjectNode clear(Push.Clear clear) {
        ObjectNode root = Json.mapper().createObjectNode();
        ObjectNode aps = root.putObject("aps").put("content-available", 1);
        clear.badge().ifPresent(badge -> aps.put("badge", badge));
        root.set("dunlin", PushBody.head(clear));
        return root;
    }

    static boolean isQuiet(Push.Alert alert) {
        return alert.sound().equals("none");
    }
}
