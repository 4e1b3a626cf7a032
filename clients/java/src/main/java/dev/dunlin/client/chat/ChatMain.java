package dev.dunlin.client.chat;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A chat in the terminal: {@code --url http://localhost:8080 --user alice room:lobby}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
public final class ChatMain {
    private ChatMain() {}

    /** Runs until the input ends. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        boolean terminal = console.isPresent();
        Charset charset = console.map(Console::charset).orElse(StandardCharsets.UTF_8);
        ChatScreen screen = new ChatScreen(
                new PrintStream(System.out, false, charset),
                new PrintStream(System.err, false, charset),
                ZoneId.systemDefault(),
                terminal);
        if (arguments.contains("--help")) {
            screen.say(ChatOptions.USAGE);
            return 0;
        }
        try {
            ChatOptions options = ChatOptions.parse(arguments, System.getenv());
            new Chat(options, screen).run(new BufferedReader(new InputStreamReader(System.in, charset)));
            return 0;
        } catch (IllegalArgumentException e) {
            screen.error(String.valueOf(e.getMessage()));
            return 2;
        } catch (ChatFailed e) {
            screen.error(String.valueOf(e.getMessage()));
            return 1;
        }
    }
}
