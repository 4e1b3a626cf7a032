package dev.dunlin.message.sequencer;

import java.util.Set;

/**
 * A reaction: the event that added it.
 *
 * @param ts milliseconds since 1970
 * @param spelled how the store spells its emoji if not as the key does: rows of earlier versions
 *     have U+FE0F
 */
public record ReactionState(long seq, long ts, LogPosition position, Set<String> spelled) {
    public ReactionState(long seq, long ts, LogPosition position) {
        this(seq, ts, position, Set.of());
    }
}
