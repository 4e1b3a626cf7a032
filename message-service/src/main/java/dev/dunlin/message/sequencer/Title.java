package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule of titles. It keeps out what a store cannot hold: NUL, and halves of surrogate pairs.
 */
final class Title {
    private static final int MOST_CHARACTERS = 200;

    private Title() {}

    static Optional<Outcome> findRefusal(@Nullable String title) {
        if (title == null) {
            return Optional.empty();
        }
        boolean allowed = !title.isBlank()
                && title.length() <= MOST_CHARACTERS
                && title.codePoints().noneMatch(Character::isISOControl)
                && Check.isUnicode(title);
        return allowed
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(
                        ErrorCode.BAD_REQUEST,
                        "title: must be 1 to " + MOST_CHARACTERS + " characters, none of them a control character"));
    }
}
