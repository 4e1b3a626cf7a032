package dev.dunlin.protocol.frame;

import java.util.OptionalLong;

/**
 * Hides changes of messages that a member may not see, because they are from before it joined. Such
 * an event becomes a {@code deleted} whose target is its own seq. That deletes no message, and seqs
 * stay dense.
 */
public final class Hidden {
    private Hidden() {}

    /** The event for a reader who sees the log from seq {@code from} on. */
    public static ServerFrame.LogEvent from(long from, ServerFrame.LogEvent event) {
        return target(event).orElse(from) >= from
                ? event
                : new ServerFrame.Deleted(event.channel(), event.seq(), event.seq(), event.by(), event.ts());
    }

    /** The seq of the message that an event changes. A new event that changes one belongs here. */
    private static OptionalLong target(ServerFrame.LogEvent event) {
        if (event instanceof ServerFrame.Edited edited) {
            return OptionalLong.of(edited.target());
        }
        if (event instanceof ServerFrame.Deleted deleted) {
            return OptionalLong.of(deleted.target());
        }
        if (event instanceof ServerFrame.Reacted reacted) {
            return OptionalLong.of(reacted.target());
        }
        return OptionalLong.empty();
    }
}
