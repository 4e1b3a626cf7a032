package dev.dunlin.localstack.devmode;

import dev.dunlin.engines.Checkout;
import dev.dunlin.localstack.services.ServiceModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds JVMs in dev mode by their command line, which names {@code MODULE/target/…-dev.jar}. Dev
 * mode makes that jar before it starts the JVM, and removes it at its end.
 */
final class DevModeProcesses {
    private final List<Path> targets = new ArrayList<>();
    private final Map<ServiceModule, Pattern> patterns = new EnumMap<>(ServiceModule.class);

    DevModeProcesses(Checkout checkout) {
        for (ServiceModule module : ServiceModule.values()) {
            Path target = checkout.root().resolve(module.directory()).resolve("target");
            targets.add(target);
            patterns.put(module, Pattern.compile(Pattern.quote(target + "/") + "[^/ \0]+-dev\\.jar"));
        }
    }

    /** Whether there may be some to {@link #find}. Costs far less. */
    boolean possible() {
        return targets.stream().anyMatch(DevModeProcesses::hasDevJar);
    }

    private static boolean hasDevJar(Path target) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-dev.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return false; // there is no such directory before the first build
        }
    }

    Map<ServiceModule, Long> find() {
        Map<ServiceModule, Long> found = new EnumMap<>(ServiceModule.class);
        ProcessHandle.allProcesses().forEach(process -> {
            String commandLine = commandLine(process);
            if (commandLine.contains("-dev.jar")) {
                patterns.forEach((module, pattern) -> {
                    if (pattern.matcher(commandLine).find()) {
                        found.put(module, process.pid());
                    }
                });
            }
        });
        return found;
    }

    // The JDK's own cuts long command lines off on Linux.
    private static String commandLine(ProcessHandle process) {
        Path linux = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            return Files.readString(linux, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }
}
