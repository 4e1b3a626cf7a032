package dev.dunlin.localstack.build;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackEvents;
import dev.dunlin.engines.supervise.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs Maven for the modules that need it. Tests are left out: {@code ./mvnw verify} is for those.
 */
public final class Build {
    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[(\\d+/\\d+)]");
    private static final Pattern GOAL = Pattern.compile("\\[INFO] --- (\\S+?):\\S+:(\\S+) .*");
    private static final Pattern ERROR = Pattern.compile("\\[ERROR] (?!COMPILATION ERROR)(\\S.*)");

    private final Checkout checkout;
    private final Clock clock;

    public Build(Checkout checkout, Clock clock) {
        this.checkout = checkout;
        this.clock = clock;
    }

    /** What a build was. */
    public enum Outcome {
        NOTHING_TO_DO,
        BUILT,
        /** The classes that run now are older than those on disk. */
        LAUNCHER_BUILT
    }

    /**
     * Builds the stale modules. Blocks, minutes at the first time.
     *
     * @param log takes all that Maven says
     * @param progress hears of each module
     * @throws StackException if Maven fails
     */
    public Outcome run(Path log, StackEvents progress) throws InterruptedException {
        return run(BuiltModule.all(), log, progress);
    }

    /** The same for {@code ./dev check}. */
    public Outcome runForCheck(Path log, StackEvents progress) throws InterruptedException {
        return run(BuiltModule.forCheck(), log, progress);
    }

    /** The same for {@code ./dev bench}. */
    public Outcome runForBench(Path log, StackEvents progress) throws InterruptedException {
        return run(BuiltModule.forBench(), log, progress);
    }

    private Outcome run(List<BuiltModule> modules, Path log, StackEvents progress) throws InterruptedException {
        try {
            List<BuiltModule> stale = new ArrayList<>();
            for (BuiltModule module : modules) {
                if (module.isStale(checkout)) {
                    stale.add(module);
                }
            }
            if (stale.isEmpty()) {
                return Outcome.NOTHING_TO_DO;
            }
            String names = stale.stream().map(BuiltModule::directory).collect(Collectors.joining(","));
            progress.say("Building " + names.replace(",", ", ") + " (all of Maven's output is in " + log + ")");
            FileTime begin = FileTime.from(clock.instant());
            maven(names, log, progress);
            for (BuiltModule module : stale) {
                module.markBuilt(checkout, begin);
            }
            return stale.stream().anyMatch(module -> module.directory().equals("local-stack"))
                    ? Outcome.LAUNCHER_BUILT
                    : Outcome.BUILT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void maven(String modules, Path log, StackEvents progress) throws IOException, InterruptedException {
        Files.createDirectories(log.resolveSibling(""));
        long begin = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(
                        checkout.root().resolve("mvnw").toString(),
                        "-B",
                        "-Dmaven.test.skip=true",
                        "-Dspotless.check.skip=true",
                        "-pl",
                        modules,
                        "-am",
                        "package")
                .directory(checkout.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        String firstError = "";
        try (BufferedReader lines = maven.inputReader();
                Writer file = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.write('\n');
                report(line, progress);
                Matcher error = ERROR.matcher(line);
                if (firstError.isEmpty() && error.matches()) {
                    firstError = error.group(1);
                }
            }
        } finally {
            if (maven.isAlive()) {
                maven.descendants().forEach(ProcessHandle::destroy);
                maven.destroy();
            }
        }
        if (maven.waitFor() != 0) {
            throw new StackException("The build failed: " + firstError + "; all of it is in " + log);
        }
        progress.say("Built in " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
    }

    private static void report(String line, StackEvents progress) {
        Matcher module = MODULE.matcher(line);
        if (module.matches()) {
            progress.say("  [" + module.group(2) + "] " + module.group(1));
        }
        Matcher goal = GOAL.matcher(line);
        if (goal.matches() && goal.group(1).equals("quarkus")) {
            progress.say("        " + goal.group(1) + " " + goal.group(2));
        }
    }
}
