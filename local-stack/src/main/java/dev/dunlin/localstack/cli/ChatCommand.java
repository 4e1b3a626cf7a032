package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.build.LauncherClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "chat", description = "Talks in a channel, in this terminal.", mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "USER", description = "Who talks.")
    private String user = "";

    @Parameters(index = "1", paramLabel = "CHANNEL", description = "Where, for example room:lobby.")
    private String channel = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        String url = Control.require(data.directory()).address().url();
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.executable().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", // the terminal's modes and size, by the
                // platform's own library
                "-cp",
                classPath(Checkout.fromSystemProperty()),
                "dev.dunlin.examples.chat.ChatMain"));
        command.addAll(List.of("--url", url, "--token-url", url + "/dev/tokens", "--user", user, channel));
        Process chat = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(chat::destroy));
        return chat.waitFor();
    }

    // The chat and the SDK are jars of the build; the chat brings its libraries, and this module
    // has the protocol.
    private static String classPath(Checkout checkout) throws IOException {
        Path chat = checkout.root().resolve("examples/terminal-chat/target");
        List<String> path = new ArrayList<>(jars(chat, "terminal-chat"));
        List<String> client = jars(checkout.root().resolve("clients/java/target"), "client");
        if (path.isEmpty() || client.isEmpty()) {
            throw new StackException("The chat is not built: run ./dev up, it builds it");
        }
        path.addAll(client);
        path.add(chat.resolve("lib/*").toString());
        path.add(LauncherClassPath.of(checkout));
        return String.join(File.pathSeparator, path);
    }

    private static List<String> jars(Path target, String module) throws IOException {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        String jar = ".*/dunlin-" + module + "-[^-/]*(-SNAPSHOT)?\\.jar";
        try (Stream<Path> files = Files.list(target)) {
            return files.map(Path::toString).filter(name -> name.matches(jar)).toList();
        }
    }
}
