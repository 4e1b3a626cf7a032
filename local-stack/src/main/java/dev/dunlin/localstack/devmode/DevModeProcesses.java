package dev.dunlin.localstack.devmode;

import dev.dunlin.engines.Checkout;
import dev.dunlin.localstack.services.ServiceModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds JVMs in dev mode by their command line, which names {@code MODULE/target/…-dev.jar}. */
final class DevModeProcesses {
    private final Map<ServiceModule, Pattern> patterns = new EnumMap<>(ServiceModule.class);

    DevModeProcesses(Checkout checkout) {
        for (ServiceModule module : ServiceModule.values()) {
            String target = checkout.root().resolve(module.directory()).resolve("target") + "/";
            patterns.put(module, Pattern.compile(Pattern.quote(target) + "[^/ \0]+-dev\\.jar"));
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
