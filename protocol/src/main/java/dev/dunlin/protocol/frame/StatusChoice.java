package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of itself: the body of {@code PUT /v1/presence/me}. Constructors throw
 * {@link IllegalArgumentException} that names the field.
 *
 * @param status {@code AUTO} if absent
 * @param text at most {@link #MOST_TEXT} characters of one line
 * @param until when, in milliseconds since 1970, all of it ends; never if absent
 */
public record StatusChoice(
        Mode status,
        @Nullable String text,
        @Nullable Emoji emoji,
        @Nullable Long until) {
    /** The longest text, in characters (code points). */
    public static final int MOST_TEXT = 140;

    /** Nothing is chosen. */
    public static final StatusChoice NONE = new StatusChoice(Mode.AUTO, null, null, null);

    /** What a user wants to be. */
    public enum Mode {
        /** What the sessions make of it. */
        @JsonProperty("auto")
        AUTO,
        /** Away, also where a session is active. */
        @JsonProperty("away")
        AWAY,
        /** As with {@code AUTO}, and not to be disturbed: push does not notify. */
        @JsonProperty("dnd")
        DND,
        /** Offline to everybody else. */
        @JsonProperty("invisible")
        INVISIBLE
    }

    public StatusChoice(@Nullable Mode status, @Nullable String text, @Nullable Emoji emoji, @Nullable Long until) {
        this.status = status == null ? Mode.AUTO : status;
        this.text = text == null || text.isBlank() ? null : line(text.strip());
        this.emoji = emoji;
        if (until != null) {
            Check.atLeast("until", 1, until);
        }
        this.until = until;
    }

    private static String line(String text) {
        if (!Check.isUnicode(text)
                || text.codePointCount(0, text.length()) > MOST_TEXT
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("text: must be one line of at most " + MOST_TEXT + " characters");
        }
        return text;
    }

    /** What holds at {@code nowMs}, milliseconds since 1970. */
    public StatusChoice at(long nowMs) {
        return until != null && until <= nowMs ? NONE : this;
    }
}
