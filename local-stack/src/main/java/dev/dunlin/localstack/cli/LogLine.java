package dev.dunlin.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** One line of a log, made readable if it is JSON as the services write it. */
record LogLine(Optional<Instant> time, String text) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");
    private static final int PLAIN_LENGTH = "2026-11-22T02:54:40.042+0000".length();

    /** @param zone in which times are shown */
    static LogLine of(String line, ZoneId zone) {
        if (!line.startsWith("{")) {
            return new LogLine(ofPlainLine(line), line);
        }
        try {
            JsonNode json = Json.parse(line.getBytes(StandardCharsets.UTF_8));
            Optional<Instant> time = time(json.path("timestamp").asText());
            if (time.isEmpty() || !json.has("message")) {
                return new LogLine(time, line);
            }
            return new LogLine(time, readable(json, CLOCK.withZone(zone).format(time.get())));
        } catch (InvalidInput e) {
            return new LogLine(Optional.empty(), line);
        }
    }

    // The stack's own JVMs begin their lines with the time.
    private static Optional<Instant> ofPlainLine(String line) {
        if (line.length() < PLAIN_LENGTH || line.charAt(0) != '2') {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    OffsetDateTime.parse(line.substring(0, PLAIN_LENGTH), PLAIN).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String readable(JsonNode json, String time) {
        String logger = json.path("loggerName").asText();
        StringBuilder text = new StringBuilder(time)
                .append(' ')
                .append("%-5s".formatted(json.path("level").asText()))
                .append(' ')
                .append(logger.substring(logger.lastIndexOf('.') + 1))
                .append(": ")
                .append(json.path("message").asText());
        String trace =
                json.path("mdc").path("traceId").asText(json.path("traceId").asText());
        if (!trace.isEmpty()) {
            text.append(" [").append(trace).append(']');
        }
        if (json.has("stackTrace")) {
            text.append('\n').append(json.path("stackTrace").asText().strip());
        } else if (json.has("exception")) {
            text.append('\n').append(json.path("exception").path("message").asText());
        }
        return text.toString();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
