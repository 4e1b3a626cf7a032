package dev.dunlin.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.rest.ChannelUsers;
import dev.dunlin.client.rest.OwnPresence;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes lines; colour, numbers and what would disturb a pipe only for people. Thread-safe if where
 * it writes to is.
 */
final class ChatScreen {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    /** Who reads it. */
    enum Reader {
        /** A program, or a file. */
        PIPE,
        /** Somebody at a terminal without colours. */
        PLAIN_TERMINAL,
        TERMINAL
    }

    private final Consumer<String> out;
    private final Consumer<String> err;
    private final ZoneId zone;
    private final Reader reader;

    ChatScreen(Consumer<String> out, Consumer<String> err, ZoneId zone, Reader reader) {
        this.out = out;
        this.err = err;
        this.zone = zone;
        this.reader = reader;
    }

    boolean isForPeople() {
        return reader != Reader.PIPE;
    }

    /** An event of the channel's log. */
    void event(ServerFrame.LogEvent event) {
        switch (event) {
            case ServerFrame.Message message -> message(message);
            case ServerFrame.Edited edited ->
                note(
                        event,
                        edited.from() + " edited " + number(edited.target(), "a message") + ": "
                                + textOf(edited.data()));
            case ServerFrame.Deleted deleted ->
                note(event, deleted.from() + " deleted " + number(deleted.target(), "a message"));
            case ServerFrame.Reacted reacted ->
                note(
                        event,
                        reacted.from()
                                + (Boolean.TRUE.equals(reacted.remove()) ? " took back " : " reacted ")
                                + shown(reacted.emoji().value())
                                + (isForPeople() ? " to #" + reacted.target() : ""));
            case ServerFrame.MemberJoined joined -> note(event, joined.user() + " joined");
            case ServerFrame.MemberLeft left -> note(event, left.user() + " left");
        }
    }

    /** Who types; for people only. */
    void typing(UserId user) {
        hint(user + " is typing …");
    }

    /** Who came or went; for people only. */
    void presence(List<UserPresence> changes) {
        hint(changes.stream()
                .map(change -> change.user() + " is " + change.status().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    }

    /** Something about the chat itself; for people only. */
    void hint(String text) {
        if (isForPeople()) {
            out.accept(in(DIM, "· " + shown(text)));
        }
    }

    /** Users with their status, one a line. */
    void who(List<UserPresence> users) {
        users.forEach(one -> out.accept(one.user() + " is " + words(one)));
    }

    /** Who is in a channel now. */
    void who(ChannelUsers page) {
        String more = page.next() == null ? "" : ", and others";
        String names = page.users().stream().map(one -> one.user().value()).collect(Collectors.joining(", ", "", more));
        say(page.online() + " here now: " + names);
    }

    /** What the user says of itself. */
    void status(OwnPresence own) {
        boolean invisible = own.choice().status() == StatusChoice.Mode.INVISIBLE;
        say("you are " + words(own.presence()) + (invisible ? ", invisible to others" : "") + "; visible to "
                + own.visibleTo().name().toLowerCase(Locale.ROOT));
    }

    private static String words(UserPresence one) {
        String dnd = Boolean.TRUE.equals(one.dnd()) ? " (do not disturb)" : "";
        String emoji = one.emoji() == null ? "" : " " + shown(one.emoji().value());
        String text = one.text() == null ? "" : " " + shown(one.text());
        return one.status().name().toLowerCase(Locale.ROOT) + dnd + emoji + text;
    }

    /** An answer to a command, everywhere; may be of several lines. */
    void say(String text) {
        text.lines().forEach(out);
    }

    /** Something went wrong; one line. */
    void error(String text) {
        err.accept(in(RED, "dunlin chat: " + shown(text)));
    }

    private void message(ServerFrame.Message message) {
        if (Boolean.TRUE.equals(message.deleted())) {
            note(message, message.from() + " deleted a message");
            return;
        }
        String text = (message.replyTo() == null ? "" : "(to #" + message.replyTo() + ") ")
                + textOf(message.data())
                + (message.edited() == null ? "" : " (edited)")
                + reactions(message);
        String head = isForPeople() ? time(message) + " #" + message.seq() : time(message);
        out.accept(in(DIM, head) + " " + in(BOLD, message.from().value()) + ": " + text);
    }

    private static String reactions(ServerFrame.Message message) {
        return message.reactions() == null || message.reactions().isEmpty()
                ? ""
                : message.reactions().entrySet().stream()
                        .map(one -> shown(one.getKey())
                                + (one.getValue().size() > 1
                                        ? "×" + one.getValue().size()
                                        : ""))
                        .collect(Collectors.joining(" ", " [", "]"));
    }

    private void note(ServerFrame.LogEvent event, String text) {
        out.accept(in(DIM, time(event) + " * " + text));
    }

    private String time(ServerFrame.LogEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.ts()).atZone(zone));
    }

    private String number(long seq, String other) {
        return isForPeople() ? "#" + seq : other;
    }

    private String in(String style, String text) {
        return reader == Reader.TERMINAL ? style + text + PLAIN : text;
    }

    /**
     * The chat page and this chat send {@code {"text":…}}; anything else is shown as the JSON it
     * is.
     */
    private static String textOf(JsonNode data) {
        JsonNode text = data.isObject() ? data.path("text") : data;
        return shown(text.isTextual() ? text.asText() : data.toString());
    }

    /**
     * Without control characters, and what turns the direction of writing: what others sent must
     * not steer this terminal.
     */
    private static String shown(String text) {
        return text.codePoints()
                .map(c -> steers(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean steers(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E) // embeddings and overrides of direction
                || (c >= 0x2066 && c <= 0x2069) // isolates
                || c == 0x2028
                || c == 0x2029
                || (c >= 0xD800 && c <= 0xDFFF); // half a character
    }
}
