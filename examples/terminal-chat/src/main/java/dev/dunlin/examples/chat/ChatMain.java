package dev.dunlin.examples.chat;

import dev.dunlin.examples.chat.ChatScreen.Reader;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chat in the terminal: {@code --url http://localhost:8080 --user alice room:lobby}. Exit codes:
 * 0 done, 1 failed, 2 wrong usage.
 */
public final class ChatMain {
    private ChatMain() {}

    /** Runs until the input ends. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv()));
    }

    private static int run(List<String> arguments, Map<String, String> environment) {
        ChatScreen plain = new ChatScreen(
                lines(System.out)::println, lines(System.err)::println, ZoneId.systemDefault(), Reader.PIPE);
        if (arguments.contains("--help")) {
            plain.say(ChatOptions.USAGE);
            return 0;
        }
        try {
            ChatOptions options = ChatOptions.parse(arguments, environment);
            return isTerminal(environment) ? edited(options, environment) : piped(options, plain);
        } catch (IllegalArgumentException e) {
            plain.error(String.valueOf(e.getMessage()));
            return 2;
        } catch (ChatFailed | IOException e) {
            plain.error(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    /** A terminal on both sides, and one that can do more than write lines. */
    private static boolean isTerminal(Map<String, String> environment) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    private static int piped(ChatOptions options, ChatScreen screen) throws ChatFailed {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new Chat(options, screen, InstantSource.system()).run(() -> Optional.ofNullable(input.readLine()));
        return 0;
    }

    private static int edited(ChatOptions options, Map<String, String> environment) throws ChatFailed, IOException {
        try (EditedLines lines = new EditedLines(Command.NAMES)) {
            // https://no-color.org: present and not empty
            Reader reader =
                    environment.getOrDefault("NO_COLOR", "").isEmpty() ? Reader.TERMINAL : Reader.PLAIN_TERMINAL;
            ChatScreen screen = new ChatScreen(lines::printAbove, lines::printAbove, ZoneId.systemDefault(), reader);
            Chat chat = new Chat(options, screen, InstantSource.system());
            lines.onKey(chat::typing);
            chat.run(lines);
            return 0;
        }
    }

    private static PrintStream lines(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
