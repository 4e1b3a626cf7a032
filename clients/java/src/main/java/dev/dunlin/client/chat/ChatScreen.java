package dev.dunlin.client.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes lines; colour and what would disturb a pipe only on a terminal. Thread-safe. */
final class ChatScreen {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final String ERASE_LINE_ABOVE = "\u001b[1A\u001b[2K";

    private final PrintStream out;
    private final PrintStream err;
    private final ZoneId zone;
    private final boolean terminal;

    ChatScreen(PrintStream out, PrintStream err, ZoneId zone, boolean terminal) {
        this.out = out;
        this.err = err;
        this.zone = zone;
        this.terminal = terminal;
    }

    /** An event of the channel's log. */
    void event(ServerFrame.LogEvent event) {
        String time = TIME.format(Instant.ofEpochMilli(event.ts()).atZone(zone));
        switch (event) {
            case ServerFrame.Message message -> message(time, message);
            case ServerFrame.Edited edited -> note(time, edited.from() + " edited: " + textOf(edited.data()));
            case ServerFrame.Deleted deleted -> note(time, deleted.from() + " deleted a message");
            case ServerFrame.Reacted reacted ->
                note(time, reacted.from() + " reacted " + shown(reacted.emoji().value()));
            case ServerFrame.MemberJoined joined -> note(time, joined.user() + " joined");
            case ServerFrame.MemberLeft left -> note(time, left.user() + " left");
        }
    }

    /** Who types; on a terminal only. */
    void typing(UserId user) {
        hint(user + " is typing …");
    }

    /** Who came or went; on a terminal only. */
    void presence(List<UserPresence> changes) {
        hint(changes.stream()
                .map(change -> change.user() + " is " + change.status().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    }

    /** Something about the chat itself; on a terminal only. */
    void hint(String text) {
        if (terminal) {
            line(out, DIM + "· " + text + PLAIN);
        }
    }

    /** An answer to a command, everywhere. */
    void say(String text) {
        line(out, text);
    }

    /** Something went wrong; one line on standard error. */
    void error(String text) {
        line(err, "dunlin chat: " + shown(text));
    }

    /** Removes the line that was just typed: it comes back as a message. */
    void eraseTyped() {
        if (terminal) {
            out.print(ERASE_LINE_ABOVE);
            out.flush();
        }
    }

    private void message(String time, ServerFrame.Message message) {
        if (Boolean.TRUE.equals(message.deleted())) {
            note(time, message.from() + " deleted a message");
            return;
        }
        String text = textOf(message.data()) + (message.edited() == null ? "" : " (edited)");
        line(
                out,
                terminal
                        ? DIM + time + PLAIN + " " + BOLD + message.from() + PLAIN + ": " + text
                        : time + " " + message.from() + ": " + text);
    }

    private void note(String time, String text) {
        line(out, terminal ? DIM + time + " * " + text + PLAIN : time + " * " + text);
    }

    /** The chat page and this chat send {@code {"text":…}}; anything else is shown as the JSON it is. */
    private static String textOf(JsonNode data) {
        JsonNode text = data.isObject() ? data.path("text") : data;
        return shown(text.isTextual() ? text.asText() : data.toString());
    }

    /** Without control characters: what others sent must not steer this terminal. */
    private static String shown(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private synchronized void line(PrintStream stream, String text) {
        stream.println(text);
        stream.flush();
    }
}
