package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The lines of a notification that the phone shows by itself, without the app. They are English; an
 * app that wants other words makes them from the fields of {@link PushBody}.
 *
 * @param subtitle how many messages it stands for, if more than one and their text is shown
 * @param body empty if the user wants to see neither sender nor text
 */
public record PushText(String title, Optional<String> subtitle, String body) {
    private static final String NEW = "New message";

    /** The lines, as far as the user's preview allows. */
    public static PushText of(Push.Alert alert) {
        boolean many = alert.count() > 1;
        return switch (alert.preview()) {
            case FULL ->
                new PushText(
                        alert.from().value(),
                        many ? Optional.of(alert.count() + " messages") : Optional.empty(),
                        text(alert.data()));
            case SENDER ->
                new PushText(alert.from().value(), Optional.empty(), many ? alert.count() + " new messages" : NEW);
            case ID -> new PushText(NEW, Optional.empty(), "");
        };
    }

    private static String text(JsonNode data) {
        JsonNode text = data.isTextual() ? data : data.path("text");
        return text.isTextual() && !text.asText().isBlank() ? text.asText() : NEW;
    }
}
