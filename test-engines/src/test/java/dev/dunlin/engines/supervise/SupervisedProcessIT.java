package dev.dunlin.engines.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.supervise.ProcessRecords.Recorded;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessIT {
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));

    private final List<String> said = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        for (Recorded left : records().alive()) {
            Signals.stop(left.handle(), left.stopSignal(), Duration.ofSeconds(5));
        }
    }

    @Test
    void aProcessThatDiesIsStartedAgain() throws InterruptedException {
        SupervisedProcess process = process("exec sleep 1000");
        process.start();
        long first = process.pid().orElseThrow();

        process.kill();

        await().until(() -> process.pid().filter(pid -> pid != first).isPresent() && process.health() == Health.UP);
        assertThat(said).anyMatch(line -> line.contains("died (exit code 137)"));
        process.stop();
    }

    @Test
    void aProcessThatIsKilledOnPurposeDoesNotWaitLongerEachTime() throws InterruptedException {
        SupervisedProcess process = new SupervisedProcess(
                spec("exec sleep 1000"), records(), said::add, new Backoff(Duration.ofMillis(100), Duration.ofDays(1)));
        process.start();
        for (int kills = 1; kills <= 3; kills++) {
            long before = process.pid().orElseThrow();
            process.kill();
            await().until(() -> process.pid().filter(pid -> pid != before).isPresent());
        }
        process.stop();
        assertThat(said)
                .filteredOn(line -> line.contains("died"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("in 0.1 s"));
    }

    @Test
    void aProcessThatIsStoppedStaysAway() throws InterruptedException {
        SupervisedProcess process = process("exec sleep 1000");
        process.start();
        ProcessHandle handle = ProcessHandle.of(process.pid().orElseThrow()).orElseThrow();

        process.stop();

        assertThat(handle.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();
        assertThat(process.health()).isEqualTo(Health.STOPPED);
        assertThat(said).isEmpty();
        assertThat(records().alive()).isEmpty();
    }

    @Test
    void aStopEndsTheWaitForTheNextTry() throws InterruptedException {
        SupervisedProcess process = new SupervisedProcess(
                spec("exec sleep 1000"), records(), said::add, new Backoff(Duration.ofDays(1), Duration.ofDays(1)));
        process.start();
        process.kill();
        await().until(() -> process.health() == Health.RESTARTING);

        process.stop();

        assertThat(process.health()).isEqualTo(Health.STOPPED);
        process.start();
        assertThat(process.health()).isEqualTo(Health.UP);
        process.stop();
    }

    @Test
    void aProcessThatDiesWhileItStartsSaysItsLastWords() {
        SupervisedProcess process = new SupervisedProcess(
                new ProcessSpec(
                        "broken",
                        "test",
                        List.of("/bin/sh", "-c", "echo no such database; exit 3"),
                        Map.of(),
                        directory,
                        "nowhere",
                        directory.resolve("broken.log"),
                        () -> false,
                        Duration.ofSeconds(20),
                        StopSignal.TERM),
                records(),
                said::add,
                SHORT);

        assertThatThrownBy(process::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("broken ended with exit code 3 while starting (\"no such database\")");
        assertThat(records().alive()).isEmpty();
    }

    @Test
    void aProcessThatNeverServesIsEnded() {
        ProcessSpec spec = new ProcessSpec(
                "slow",
                "test",
                List.of("/bin/sleep", "1000"),
                Map.of(),
                directory,
                "nowhere",
                directory.resolve("slow.log"),
                () -> false,
                Duration.ofMillis(200),
                StopSignal.TERM);

        assertThatThrownBy(new SupervisedProcess(spec, records(), said::add, SHORT)::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("slow was not ready");
        assertThat(records().alive()).isEmpty();
    }

    @Test
    void anotherLauncherFindsWhatWasLeftAndNothingElse() throws Exception {
        SupervisedProcess process = process("exec sleep 1000");
        process.start();
        long pid = process.pid().orElseThrow();
        // a record of a process that had the pid of this JVM long ago
        Files.writeString(
                directory.resolve("processes/old.pid"), ProcessHandle.current().pid() + " 1000 TERM\n");

        assertThat(records().alive())
                .extracting(recorded -> recorded.handle().pid())
                .containsExactly(pid);
        process.stop();
    }

    @Test
    void aSuspendedProcessStandsStillWithItsChildrenAndIsNotReplaced() throws Exception {
        Path beat = directory.resolve("beat");
        SupervisedProcess process =
                process("trap 'kill $!; exit' TERM; (while true; do echo . >> " + beat + "; sleep 0.02; done) & wait");
        process.start();
        long pid = process.pid().orElseThrow();
        await().until(() -> Files.exists(beat) && Files.size(beat) > 4);

        assertThat(process.suspend()).isTrue();
        // Z: a child that ended in that moment, which its stopped parent cannot take note of.
        // D: a shell whose child was stopped between vfork and exec, for which it waits.
        await().until(() -> statesOf(pid).stream().allMatch(Set.of("T", "Z", "D")::contains));
        assertThat(process.pid()).contains(pid);

        process.resume();
        long before = Files.size(beat);
        await().until(() -> Files.size(beat) > before + 4);
        assertThat(process.pid()).contains(pid);
        process.stop();
        assertThat(said).isEmpty();
    }

    @Test
    void aSuspendedProcessCanBeStopped() throws InterruptedException {
        SupervisedProcess process = process("trap 'exit 0' TERM; while true; do sleep 0.05; done");
        process.start();
        ProcessHandle handle = ProcessHandle.of(process.pid().orElseThrow()).orElseThrow();
        process.suspend();
        long begin = System.nanoTime();

        process.stop();

        assertThat(handle.isAlive()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10)); // not by force
    }

    @Test
    void aProcessThatDoesNotRunCanNeitherBeSuspendedNorKilled() throws InterruptedException {
        SupervisedProcess process = process("exec sleep 1000");
        assertThat(process.suspend()).isFalse();
        assertThat(process.kill()).isFalse();
    }

    /** The third field of {@code /proc/PID/stat}, of the process and of its children. */
    private static List<String> statesOf(long pid) throws IOException {
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        List<String> states = new ArrayList<>();
        for (ProcessHandle one :
                Stream.concat(Stream.of(handle), handle.descendants()).toList()) {
            String stat = Files.readString(Path.of("/proc/" + one.pid() + "/stat"));
            states.add(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[0]);
        }
        return states;
    }

    private SupervisedProcess process(String script) {
        return new SupervisedProcess(spec(script), records(), said::add, SHORT);
    }

    private ProcessSpec spec(String script) {
        return new ProcessSpec(
                "sleeper",
                "test",
                List.of("/bin/sh", "-c", script),
                Map.of(),
                directory,
                "nowhere",
                directory.resolve("sleeper.log"),
                () -> true,
                Duration.ofSeconds(20),
                StopSignal.TERM);
    }

    private ProcessRecords records() {
        return new ProcessRecords(directory.resolve("processes"));
    }
}
