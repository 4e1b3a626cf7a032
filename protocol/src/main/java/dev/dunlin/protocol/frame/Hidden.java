package dev.dunlin.protocol.frame;

/**
 * What a member sees of events that change messages from before it joined, where its namespace hides those: a {@code deleted} whose target is its own seq. It keeps the seqs dense,
 * and no message can be deleted by it.
 */
public final class Hidden {
    private Hidden() {}

    /** The event as a reader gets it who sees the log from seq {@code from} on. */
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
