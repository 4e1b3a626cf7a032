package dev.dunlin.benchmark.process;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the results say of where they come from. */
public final class Machine {
    private Machine() {}

    /** Cores, memory, kernel, JDK and commit, in one sentence. */
    public static String facts(Checkout checkout) throws IOException, InterruptedException {
        long kib = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        return "%d cores, %d GiB of memory, Linux %s, JDK %s, commit %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(kib / 1048576.0),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        commit(checkout));
    }

    /** The load averages over 1, 5 and 15 minutes. */
    public static String load() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return fields[0] + ", " + fields[1] + ", " + fields[2];
    }

    /** The commit, and {@code -dirty} where files other than results differ from it. */
    private static String commit(Checkout checkout) throws IOException, InterruptedException {
        String commit = git(checkout, "rev-parse", "--short", "HEAD");
        String changed = git(checkout, "status", "--porcelain", "--", ".", ":!benchmark/results");
        return commit.isEmpty() ? "unknown" : changed.isEmpty() ? commit : commit + "-dirty";
    }

    /** What a command of git prints; empty if it fails. */
    private static String git(Checkout checkout, String... arguments) throws IOException, InterruptedException {
        Process git = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
                .directory(checkout.root().toFile())
                .redirectErrorStream(true)
                .start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer : "";
    }
}
