package dev.dunlin.edge.openapi;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Types that are one value on the wire, by class name. Ids have the rules of
 * {@code docs/protocol.md}.
 */
final class WireValues {
    private static final Map<String, Schema> SCHEMAS = Map.ofEntries(
            entry(
                    "dev.dunlin.protocol.ChannelName",
                    text(1, 128, "^[A-Za-z0-9_.@-]+:[A-Za-z0-9_.:@-]+$").description("namespace:name")),
            entry(
                    "dev.dunlin.protocol.UserId",
                    text(1, 64, "^[A-Za-z0-9_.@-]+$").description("neither . nor ..")),
            entry("dev.dunlin.protocol.ClientMessageId", text(1, 64, "^[\\x21-\\x7e]+$")),
            entry("dev.dunlin.protocol.Epoch", text(1, 32, "^[A-Za-z0-9_-]+$")),
            entry("dev.dunlin.protocol.SessionId", text(1, 64, "^[A-Za-z0-9_-]+$")),
            entry("dev.dunlin.protocol.NodeId", text(1, 64, "^[A-Za-z0-9_.-]+$")),
            entry("dev.dunlin.protocol.frame.Emoji", text(1, 32, "^\\S+$").description("neither . nor ..")),
            entry(
                    "dev.dunlin.protocol.frame.Ref",
                    OASFactory.createSchema().description("the number or string that the client sent")),
            entry("dev.dunlin.push.device.DeviceId", text().format("uuid")),
            entry("java.util.UUID", text().format("uuid")),
            entry(
                    "dev.dunlin.push.device.MutedUntil",
                    OASFactory.createSchema().description("milliseconds since 1970, or true: without end")),
            entry(
                    "com.fasterxml.jackson.databind.JsonNode",
                    OASFactory.createSchema().description("any JSON")),
            entry("java.lang.String", text()),
            entry("boolean", OASFactory.createSchema().addType(SchemaType.BOOLEAN)),
            entry("java.lang.Boolean", OASFactory.createSchema().addType(SchemaType.BOOLEAN)),
            entry("int", whole("int32")),
            entry("java.lang.Integer", whole("int32")),
            entry("long", whole("int64")),
            entry("java.lang.Long", whole("int64")));

    private WireValues() {}

    /** The schema of a class or primitive; empty if it is an object or a list. */
    static Optional<Schema> find(String className) {
        return Optional.ofNullable(SCHEMAS.get(className));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema text(int least, int most, String pattern) {
        return text().minLength(least).maxLength(most).pattern(pattern);
    }

    private static Schema whole(String format) {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).format(format);
    }
}
