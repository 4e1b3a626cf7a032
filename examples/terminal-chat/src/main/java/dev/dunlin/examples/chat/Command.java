package dev.dunlin.examples.chat;

import dev.dunlin.protocol.frame.StatusChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a line asks for. Where a message may be named, {@code seq} is its number after {@code #};
 * without one the newest that fits is meant.
 */
sealed interface Command {
    /** Those that begin with a slash. */
    List<String> NAMES = List.of(
            "/help",
            "/who",
            "/status",
            "/history",
            "/reply",
            "/edit",
            "/delete",
            "/react",
            "/unreact",
            "/away",
            "/back",
            "/ping",
            "/quit");

    /** For people. */
    String HELP = """
            a line is sent as it is (one that begins with / as //…); #N is the number of a message
              /history [N]          the newest N messages again (20)
              /who                  who is here, with status
              /status [STATUS] [TEXT]  your status, and what you are doing: /status dnd In a meeting;
                                    STATUS is auto, away, dnd or invisible; alone, it shows your status
              /reply #N TEXT        answers a message
              /edit [#N] TEXT       changes a message of yours, the last one if not said
              /delete [#N]          deletes a message of yours, the last one if not said
              /react [#N] EMOJI     reacts to a message, the last one if not said; /unreact takes it back
              /away, /back          says whether you are there
              /ping                 how far away the suite is, and by which transport
              /help                 this
              /quit                 ends, as Ctrl-D does""";

    record Nothing() implements Command {}

    record Say(String text) implements Command {}

    record Reply(long seq, String text) implements Command {}

    record Edit(OptionalLong seq, String text) implements Command {}

    record Delete(OptionalLong seq) implements Command {}

    record React(OptionalLong seq, String emoji, boolean remove) implements Command {}

    record History(int messages) implements Command {}

    record Who() implements Command {}

    /** Sets the status of the user; {@code choice} is null to show it. */
    record SetStatus(@Nullable StatusChoice choice) implements Command {}

    record Away(boolean away) implements Command {}

    record Ping() implements Command {}

    record Help() implements Command {}

    record Quit() implements Command {}

    /** A line that is none of these; {@code why} is for people. */
    record Wrong(String why) implements Command {}

    /** Reads a line. */
    static Command parse(String line) {
        String stripped = line.strip();
        if (stripped.isEmpty()) {
            return new Nothing();
        }
        if (!stripped.startsWith("/")) {
            return new Say(line);
        }
        if (stripped.startsWith("//")) {
            return new Say(stripped.substring(1));
        }
        String[] words = stripped.split("\\s+", 2);
        Arguments arguments = Arguments.of(words.length > 1 ? words[1].strip() : "");
        return switch (words[0]) {
            case "/help", "/?" -> new Help();
            case "/quit", "/exit", "/q" -> new Quit();
            case "/who" -> new Who();
            case "/status" -> status(words.length > 1 ? words[1].strip() : "");
            case "/away" -> new Away(true);
            case "/back" -> new Away(false);
            case "/ping" -> new Ping();
            case "/history" -> history(arguments.rest);
            case "/delete" ->
                arguments.rest.isEmpty() ? new Delete(arguments.seq) : new Wrong("/delete takes a number: /delete #7");
            case "/edit" ->
                arguments.rest.isEmpty()
                        ? new Wrong("/edit what? /edit #7 the new text")
                        : new Edit(arguments.seq, arguments.rest);
            case "/reply" ->
                arguments.rest.isEmpty() || arguments.seq.isEmpty()
                        ? new Wrong("/reply to what? /reply #7 the answer")
                        : new Reply(arguments.seq.getAsLong(), arguments.rest);
            case "/react" -> react(arguments, false);
            case "/unreact" -> react(arguments, true);
            default -> new Wrong("no such command: " + words[0] + "; /help says what there is");
        };
    }

    private static Command react(Arguments arguments, boolean remove) {
        return arguments.rest.isEmpty()
                ? new Wrong("react with what? /react #7 \uD83D\uDC4D")
                : new React(arguments.seq, arguments.rest, remove);
    }

    private static Command status(String rest) {
        if (rest.isEmpty()) {
            return new SetStatus(null);
        }
        String[] words = rest.split("\\s+", 2);
        return Arrays.stream(StatusChoice.Mode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(words[0]))
                .findFirst()
                .map(mode -> status(mode, words.length > 1 ? words[1] : null))
                .orElseGet(() -> new Wrong("/status takes auto, away, dnd or invisible, then a text"));
    }

    private static Command status(StatusChoice.Mode mode, @Nullable String text) {
        try {
            return new SetStatus(new StatusChoice(mode, text, null, null));
        } catch (IllegalArgumentException e) {
            return new Wrong("the " + e.getMessage());
        }
    }

    private static Command history(String number) {
        if (number.isEmpty()) {
            return new History(20);
        }
        boolean fits = number.matches("\\d{1,3}") && Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= 200;
        return fits ? new History(Integer.parseInt(number)) : new Wrong("/history takes a number from 1 to 200");
    }

    /** What follows a command's name. */
    record Arguments(OptionalLong seq, String rest) {
        static Arguments of(String text) {
            String[] words = text.split("\\s+", 2);
            if (!words[0].matches("#\\d{1,18}")) {
                return new Arguments(OptionalLong.empty(), text);
            }
            long seq = Long.parseLong(words[0].substring(1));
            return seq < 1
                    ? new Arguments(OptionalLong.empty(), text)
                    : new Arguments(OptionalLong.of(seq), words.length > 1 ? words[1].strip() : "");
        }
    }
}
