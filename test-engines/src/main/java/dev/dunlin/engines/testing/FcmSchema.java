package dev.dunlin.engines.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What FCM takes as a message (Google: "projects.messages", REST reference of FCM v1), as far as
 * this suite may use it: any other field is refused, as is a value of another type. Google's limits
 * are checked, too: 4,096 bytes, and no reserved keys in {@code data}.
 */
final class FcmSchema {
    private static final int MOST_BYTES = 4096;
    private static final Pattern DURATION = Pattern.compile("[0-9]+(\\.[0-9]{1,9})?s");
    private static final Pattern RESERVED = Pattern.compile("from|message_type|google.*|gcm.*");
    /** Path of a field to what its value must be. */
    private static final Map<String, Predicate<JsonNode>> FIELDS = Map.ofEntries(
            Map.entry("message", JsonNode::isObject),
            Map.entry("message.token", JsonNode::isTextual),
            Map.entry("message.data", FcmSchema::isStrings),
            Map.entry("message.notification", JsonNode::isObject),
            Map.entry("message.notification.title", JsonNode::isTextual),
            Map.entry("message.notification.body", JsonNode::isTextual),
            Map.entry("message.android", JsonNode::isObject),
            Map.entry("message.android.collapse_key", JsonNode::isTextual),
            Map.entry("message.android.priority", node -> node.asText().matches("NORMAL|HIGH")),
            Map.entry(
                    "message.android.ttl",
                    node -> DURATION.matcher(node.asText()).matches()),
            Map.entry("message.android.notification", JsonNode::isObject),
            Map.entry("message.android.notification.tag", JsonNode::isTextual),
            Map.entry("message.android.notification.channel_id", JsonNode::isTextual),
            Map.entry("message.android.notification.sound", JsonNode::isTextual),
            Map.entry("message.android.notification.notification_count", FcmSchema::isCount),
            Map.entry("message.apns", JsonNode::isObject),
            Map.entry("message.apns.headers", FcmSchema::isStrings),
            Map.entry("message.apns.payload", JsonNode::isObject),
            Map.entry("message.webpush", JsonNode::isObject),
            Map.entry("message.webpush.headers", FcmSchema::isStrings));

    private FcmSchema() {}

    /** What is wrong, and where. */
    record Violation(String field, String description) {
        /** The answer of FCM. */
        String body() {
            JsonNode violations = Json.mapper()
                    .createArrayNode()
                    .add(Json.mapper().createObjectNode().put("field", field).put("description", description));
            ObjectNode detail =
                    Json.mapper().createObjectNode().put("@type", "type.googleapis.com/google.rpc.BadRequest");
            detail.set("fieldViolations", violations);
            return answer(400, "INVALID_ARGUMENT", description, detail);
        }
    }

    /** The first violation; empty if FCM would take the body. */
    static Optional<Violation> violation(String body) {
        JsonNode root;
        try {
            root = Json.parse(body.getBytes(UTF_8));
        } catch (InvalidInput e) {
            return Optional.of(new Violation("", "not JSON"));
        }
        return fields("", root)
                .or(() -> root.path("message").path("token").asText().isEmpty()
                        ? Optional.of(new Violation("message.token", "Recipient of the message is not set."))
                        : Optional.empty())
                .or(() -> limits(root.path("message")));
    }

    static JsonNode message(String body) {
        try {
            return Json.parse(body.getBytes(UTF_8)).path("message");
        } catch (InvalidInput e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean isCount(JsonNode node) {
        return node.isIntegralNumber() && node.asLong() >= 0;
    }

    private static boolean isStrings(JsonNode node) {
        return node.isObject()
                && node.properties().stream().allMatch(field -> field.getValue().isTextual());
    }

    private static Optional<Violation> fields(String path, JsonNode node) {
        return node.properties().stream()
                .map(field -> {
                    String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                    Predicate<JsonNode> rule = FIELDS.get(name);
                    if (rule == null) {
                        return Optional.of(new Violation(name, "Unknown name \"" + field.getKey() + "\""));
                    }
                    if (!rule.test(field.getValue())) {
                        return Optional.of(new Violation(name, "Invalid value at '" + name + "'"));
                    }
                    boolean open = name.equals("message.data")
                            || name.equals("message.apns.payload")
                            || name.endsWith(".headers");
                    return open ? Optional.<Violation>empty() : fields(name, field.getValue());
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Violation> limits(JsonNode message) {
        for (Map.Entry<String, JsonNode> field : message.path("data").properties()) {
            if (RESERVED.matcher(field.getKey()).matches()) {
                return Optional.of(new Violation("message.data", "Invalid data payload key: " + field.getKey()));
            }
        }
        int bytes = size(message.path("data")) + size(message.path("notification"));
        boolean apnsIsLong = size(message.path("apns").path("payload")) + bytes > MOST_BYTES;
        if (bytes > MOST_BYTES || apnsIsLong) {
            return Optional.of(new Violation("message", "Message too big"));
        }
        JsonNode topic = message.path("webpush").path("headers").path("Topic");
        return topic.asText().matches("[\\w-]{0,32}")
                ? Optional.empty()
                : Optional.of(new Violation("message.webpush.headers", "Invalid Topic"));
    }

    private static int size(JsonNode node) {
        return node.isMissingNode() ? 0 : Json.write(node).length;
    }

    /** An error with a code of FCM's. */
    static String error(int status, String errorCode, String message) {
        String word =
                switch (errorCode) {
                    case "UNREGISTERED" -> "NOT_FOUND";
                    case "SENDER_ID_MISMATCH" -> "PERMISSION_DENIED";
                    case "QUOTA_EXCEEDED" -> "RESOURCE_EXHAUSTED";
                    case "THIRD_PARTY_AUTH_ERROR" -> "UNAUTHENTICATED";
                    default -> errorCode;
                };
        return answer(
                status,
                word,
                message,
                Json.mapper()
                        .createObjectNode()
                        .put("@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError")
                        .put("errorCode", errorCode));
    }

    /** An error of Google's API front end, which knows no codes of FCM. */
    static String status(int status, String word, String message) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.putObject("error").put("code", status).put("message", message).put("status", word);
        return new String(Json.write(root), UTF_8);
    }

    private static String answer(int status, String word, String message, JsonNode detail) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.putObject("error")
                .put("code", status)
                .put("message", message)
                .put("status", word)
                .putArray("details")
                .add(detail);
        return new String(Json.write(root), UTF_8);
    }
}
