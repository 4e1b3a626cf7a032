package dev.dunlin.scenarios.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for programs where a user has them. */
public final class Programs {
    private static final List<String> CHROMIUM =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe");
    private static final List<String> CHROMIUM_ELSEWHERE = List.of(
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");

    private Programs() {}

    /**
     * Chromium or Chrome: what {@code DUNLIN_CHROMIUM} names, else on the PATH, else where macOS
     * has it.
     */
    public static Optional<Path> findChromium() {
        return Optional.ofNullable(System.getenv("DUNLIN_CHROMIUM"))
                .map(Path::of)
                .or(() -> findOnPath(CHROMIUM))
                .or(() -> CHROMIUM_ELSEWHERE.stream()
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst());
    }

    /** Node, on the PATH. */
    public static Optional<Path> findNode() {
        return findOnPath(List.of("node", "node.exe"));
    }

    /** Its npm, on the PATH. */
    public static Optional<Path> findNpm() {
        return findOnPath(List.of("npm", "npm.cmd"));
    }

    private static Optional<Path> findOnPath(List<String> names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> directories = Stream.of(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isBlank())
                .map(Path::of)
                .toList();
        return names.stream()
                .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
