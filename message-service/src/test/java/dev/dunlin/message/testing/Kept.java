package dev.dunlin.message.testing;

import dev.dunlin.message.command.DeadLetters;
import dev.dunlin.message.sequencer.LogPosition;
import java.util.ArrayList;
import java.util.List;

/** Dead letters in memory. */
public final class Kept implements DeadLetters {
    /** For batches in which nothing may be dead-lettered. */
    public static final DeadLetters NONE = (position, reason, explanation) -> {
        throw new AssertionError(position + " was dead-lettered, " + reason.wire() + ": " + explanation);
    };

    private final List<Letter> letters = new ArrayList<>();

    /** One of them. */
    public record Letter(LogPosition position, Reason reason, String explanation) {}

    @Override
    public void keep(LogPosition position, Reason reason, String explanation) {
        letters.add(new Letter(position, reason, explanation));
    }

    public List<Letter> letters() {
        return letters;
    }
}
