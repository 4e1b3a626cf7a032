package dev.dunlin.presence.redis;

import dev.dunlin.presence.shard.OpenSession;
import dev.dunlin.presence.shard.UserEntry;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A user as text in Redis: the status as watchers know it ({@code o} online, {@code a} away) with
 * that of each device after it ({@code w} web, {@code m} mobile, {@code d} desktop, then the
 * status), and of each session {@code session:node:status:at:device}, with spaces between. Web is
 * left out of sessions. Earlier releases wrote no devices.
 */
final class EntryText {
    private EntryText() {}

    static String write(UserEntry entry) {
        StringBuilder text = new StringBuilder(64).append(letter(entry.shown() == Status.AWAY));
        entry.devices().forEach((device, status) -> text.append(letter(device)).append(letter(status == Status.AWAY)));
        for (OpenSession session : entry.sessions()) {
            text.append(' ')
                    .append(session.session())
                    .append(':')
                    .append(session.node())
                    .append(':')
                    .append(letter(session.away()))
                    .append(':')
                    .append(session.at());
            if (session.device() != Device.WEB) {
                text.append(':').append(letter(session.device()));
            }
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
                    new SessionId(fields[0]),
                    new NodeId(fields[1]),
                    isAway(fields[2].charAt(0)),
                    Long.parseLong(fields[3]),
                    fields.length > 4 ? device(fields[4].charAt(0)) : Device.WEB));
        }
        return new UserEntry(status(words[0].charAt(0)), devices(words[0]), sessions);
    }

    private static Map<Device, Status> devices(String word) {
        Map<Device, Status> devices = new EnumMap<>(Device.class);
        for (int i = 1; i + 1 < word.length(); i += 2) {
            devices.put(device(word.charAt(i)), status(word.charAt(i + 1)));
        }
        return devices;
    }

    private static Status status(char letter) {
        return isAway(letter) ? Status.AWAY : Status.ONLINE;
    }

    private static char letter(Device device) {
        return switch (device) {
            case WEB -> 'w';
            case MOBILE -> 'm';
            case DESKTOP -> 'd';
        };
    }

    private static Device device(char letter) {
        return switch (letter) {
            case 'm' -> Device.MOBILE;
            case 'd' -> Device.DESKTOP;
            default -> Device.WEB;
        };
    }

    private static char letter(boolean away) {
        return away ? 'a' : 'o';
    }

    private static boolean isAway(char letter) {
        return letter == 'a';
    }
}
