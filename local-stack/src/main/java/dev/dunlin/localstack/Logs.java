package dev.dunlin.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The log files: those of the last run are kept once. */
final class Logs {
    private Logs() {}

    /** Makes each {@code NAME.log} a {@code NAME.log.1}, over the one before. */
    static void rotate(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> logs;
        try (Stream<Path> files = Files.list(directory)) {
            logs = files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> !file.endsWith("launcher.log") && !file.endsWith("build.log"))
                    .toList();
        }
        for (Path log : logs) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
