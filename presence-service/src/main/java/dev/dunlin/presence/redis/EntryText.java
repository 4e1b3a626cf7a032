package dev.dunlin.presence.redis;

import dev.dunlin.presence.shard.OpenSession;
import dev.dunlin.presence.shard.UserEntry;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * A user as text in Redis: the status as watchers know it ({@code o} online, {@code a} away), and
 * of each session {@code session:node:status:at}, with spaces between.
 */
final class EntryText {
    private EntryText() {}

    static String write(UserEntry entry) {
        StringBuilder text = new StringBuilder(64).append(letter(entry.shown() == Status.AWAY));
        for (OpenSession session : entry.sessions()) {
            text.append(' ')
                    .append(session.session())
                    .append(':')
                    .append(session.node())
                    .append(':')
                    .append(letter(session.away()))
                    .append(':')
                    .append(session.at());
        }
        return text.toString();
    }

    /** Reads what {@link #write} wrote. */
    static UserEntry read(String text) {
        String[] words = text.split(" ", -1);
        List<OpenSession> sessions = new ArrayList<>(words.length - 1);
        for (int i = 1; i < words.length; i++) {
            String[] fields = words[i].split(":", -1);
            sessions.add(new OpenSession(
                    new SessionId(fields[0]), new NodeId(fields[1]), isAway(fields[2]), Long.parseLong(fields[3])));
        }
        return new UserEntry(status(text), sessions);
    }

    /** Only the status. */
    static Status status(String text) {
        return isAway(text) ? Status.AWAY : Status.ONLINE;
    }

    private static char letter(boolean away) {
        return away ? 'a' : 'o';
    }

    private static boolean isAway(String text) {
        return text.charAt(0) == 'a';
    }
}
