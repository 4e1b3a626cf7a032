package dev.dunlin.push.delivery.fcm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.ChannelHash;
import dev.dunlin.push.delivery.JsonText;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.PushBody;
import dev.dunlin.push.delivery.PushText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The request body for FCM (Google: "projects.messages", REST reference of FCM v1). All but the
 * token takes at most {@value #MOST_BYTES} bytes. If it would be longer, the content of the message
 * is left out of {@code data}, which then has {@code "truncated":"true"}. If it is still longer,
 * the text that the phone shows is cut.
 */
final class FcmMessage {
    static final int MOST_BYTES = 4096;

    private static final Duration MOST_TTL = Duration.ofDays(28);
    private static final String PLACEHOLDER = "…";
    private static final int PLACEHOLDER_BYTES = 3;

    private final Duration ttl;
    private final Optional<String> androidChannel;

    /**
     * {@code ttl}: how long FCM keeps what it cannot deliver, at most 28 days;
     * {@code androidChannel}: the id of the notification channel of the Android app.
     */
    FcmMessage(Duration ttl, Optional<String> androidChannel) {
        this.ttl = ttl.compareTo(MOST_TTL) < 0 ? ttl : MOST_TTL;
        this.androidChannel = androidChannel;
    }

    byte[] of(Push push, String token, Instant now) {
        ObjectNode message =
                switch (push) {
                    case Push.Alert alert -> alert(alert, now);
                    case Push.Clear clear -> clear(clear, now);
                };
        ObjectNode root = Json.mapper().createObjectNode();
        root.set("message", message.put("token", token));
        return Json.write(root);
    }

    private ObjectNode alert(Push.Alert alert, Instant now) {
        PushText text = PushText.of(alert);
        String body = text.subtitle().map(lead -> lead + ": ").orElse("") + text.body();
        ObjectNode head = strings(PushBody.head(alert));
        if (alert.preview() == Push.Preview.FULL) {
            ObjectNode whole = alert(alert, text.title(), body, head.deepCopy().put("data", json(alert.data())), now);
            if (Json.write(whole).length <= MOST_BYTES) {
                return whole;
            }
            head.put("truncated", "true");
        }
        ObjectNode withoutData = alert(alert, text.title(), body, head, now);
        if (Json.write(withoutData).length <= MOST_BYTES) {
            return withoutData;
        }
        int rest = Json.write(alert(alert, text.title(), PLACEHOLDER, head, now)).length - PLACEHOLDER_BYTES;
        return alert(alert, text.title(), JsonText.cut(body, MOST_BYTES - rest), head, now);
    }

    private ObjectNode alert(Push.Alert alert, String title, String body, ObjectNode data, Instant now) {
        ObjectNode message = Json.mapper().createObjectNode();
        ObjectNode notification = message.putObject("notification").put("title", title);
        if (!body.isEmpty()) {
            notification.put("body", body);
        }
        message.set("data", data);
        boolean sounds = !alert.sound().equals("none");
        ObjectNode shown = android(message, alert, "HIGH").putObject("notification");
        shown.put("tag", ChannelHash.of(alert.channel()));
        alert.badge().ifPresent(badge -> shown.put("notification_count", badge));
        androidChannel.ifPresent(id -> shown.put("channel_id", id));
        ObjectNode aps = apns(message, alert, "alert", sounds ? "10" : "5", now);
        aps.put("thread-id", alert.channel().value()).put("mutable-content", 1);
        if (sounds) {
            shown.put("sound", alert.sound());
            aps.put("sound", alert.sound());
        }
        web(message, alert, sounds ? "high" : "normal");
        return message;
    }

    private ObjectNode clear(Push.Clear clear, Instant now) {
        ObjectNode message = Json.mapper().createObjectNode();
        message.set("data", strings(PushBody.head(clear)));
        android(message, clear, "NORMAL");
        apns(message, clear, "background", "5", now).put("content-available", 1);
        web(message, clear, "normal");
        return message;
    }

    private ObjectNode android(ObjectNode message, Push push, String priority) {
        return message.putObject("android")
                .put("collapse_key", ChannelHash.of(push.channel()))
                .put("priority", priority)
                .put("ttl", ttl.toSeconds() + "s");
    }

    private ObjectNode apns(ObjectNode message, Push push, String type, String priority, Instant now) {
        ObjectNode apns = message.putObject("apns");
        apns.putObject("headers")
                .put("apns-push-type", type)
                .put("apns-priority", priority)
                .put("apns-collapse-id", ChannelHash.of(push.channel()))
                .put("apns-expiration", Long.toString(now.plus(ttl).getEpochSecond()));
        ObjectNode aps = apns.putObject("payload").putObject("aps");
        push.badge().ifPresent(badge -> aps.put("badge", badge));
        return aps;
    }

    private void web(ObjectNode message, Push push, String urgency) {
        message.putObject("webpush")
                .putObject("headers")
                .put("TTL", Long.toString(ttl.toSeconds()))
                .put("Urgency", urgency)
                .put("Topic", ChannelHash.of(push.channel()));
    }

    /**
     * FCM takes strings only, and no key {@code from} (Google: "ErrorCode", INVALID_ARGUMENT): the
     * sender is {@code sender}.
     */
    private static ObjectNode strings(ObjectNode head) {
        ObjectNode data = Json.mapper().createObjectNode();
        head.properties()
                .forEach(field -> data.put(
                        field.getKey().equals("from") ? "sender" : field.getKey(),
                        field.getValue().asText()));
        return data;
    }

    private static String json(JsonNode data) {
        return new String(Json.write(data), UTF_8);
    }
}
