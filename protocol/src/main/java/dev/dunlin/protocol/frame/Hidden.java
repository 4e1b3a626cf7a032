package dev.dunlin.protocol.frame;

/**
 * Hides changes of messages that a member may not see, because they are from before it joined. Such
 * an event becomes a {@code deleted} whose target is its own seq. That deletes no message, and seqs
 * stay dense.
 */
public final class Hidden {
    private Hidden() {}

    /** The event for a reader who sees the log from seq {@code from} on. */
    public static ServerFrame.LogEvent from(long from, ServerFrame.LogEvent event) {
        long target =
                switch (event) {
                    case ServerFrame.Edited edited -> edited.target();
                    case ServerFrame.Deleted deleted -> deleted.target();
                    case ServerFrame.Reacted reacted -> reacted.target();
                    case ServerFrame.Message ignored -> from;
                    case ServerFrame.MemberJoined ignored -> from;
                    case ServerFrame.MemberLeft ignored -> from;
                };
        return target >= from
                ? event
                : new ServerFrame.Deleted(event.channel(), event.seq(), event.seq(), event.by(), event.ts());
    }
}
