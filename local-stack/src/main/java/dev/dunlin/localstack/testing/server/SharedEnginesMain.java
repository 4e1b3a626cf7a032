package dev.dunlin.localstack.testing.server;

import dev.dunlin.localstack.Checkout;
import dev.dunlin.localstack.Store;
import dev.dunlin.localstack.engines.Engines;
import dev.dunlin.localstack.supervise.FileTree;
import dev.dunlin.localstack.supervise.Ports;
import dev.dunlin.localstack.supervise.ProcessRecords;
import dev.dunlin.localstack.supervise.ProcessSpec;
import dev.dunlin.localstack.supervise.ProcessSpec.StopSignal;
import dev.dunlin.localstack.supervise.RunningProcess;
import dev.dunlin.localstack.testing.SharedEnginesFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The process that keeps the engines of one build: {@code SharedEnginesMain DIRECTORY}. Ends by itself, with the engines and
 * their data, when no build that asked for them runs any more.
 */
public final class SharedEnginesMain {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final SharedEnginesFiles files;
    private final Path run;

    private SharedEnginesMain(SharedEnginesFiles files, Path run) {
        this.files = files;
        this.run = run;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Leftovers.remove(directory);
        Path run = directory.resolve("run-" + ProcessHandle.current().pid());
        new SharedEnginesMain(new SharedEnginesFiles(directory), Files.createDirectories(run)).keep();
        System.exit(0);
    }

    private void keep() throws IOException, InterruptedException {
        ProcessRecords records = new ProcessRecords(run.resolve(Leftovers.PROCESSES));
        records.add(Leftovers.KEEPER, ProcessHandle.current(), StopSignal.TERM);
        Engines engines = Engines.prepare(
                Checkout.fromSystemProperty(),
                run,
                new Ports(run.resolve("ports.properties")),
                List.of(),
                Store.POSTGRES,
                System.out::println);
        List<ProcessSpec> specs = engines.specs();
        RunningProcess[] running = new RunningProcess[specs.size()];
        for (int i = 0; i < running.length; i++) {
            running[i] = RunningProcess.start(specs.get(i), records);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "shutdown"));
        for (RunningProcess process : running) {
            process.awaitReady();
        }
        files.publish(SharedEnginesServer.start(engines.addresses(), run, Clock.systemUTC())
                .addresses());
        awaitNoOwner(running);
    }

    private void awaitNoOwner(RunningProcess[] running) throws IOException, InterruptedException {
        boolean needed = true;
        while (needed) {
            Thread.sleep(BETWEEN_LOOKS);
            for (RunningProcess process : running) {
                if (process.exit().isDone()) {
                    throw new IllegalStateException("an engine died: process " + process.pid());
                }
            }
            if (!files.hasOwner()) {
                needed = files.locked(() -> {
                    boolean owned = files.hasOwner();
                    if (!owned) {
                        files.withdraw();
                    }
                    return owned;
                });
            }
        }
    }

    private void stop(RunningProcess[] running) {
        try {
            files.withdraw();
            Thread[] stopping = new Thread[running.length];
            for (int i = 0; i < running.length; i++) {
                RunningProcess process = running[i];
                stopping[i] = Thread.ofVirtual().start(() -> stop(process));
            }
            for (Thread thread : stopping) {
                thread.join();
            }
            FileTree.delete(run);
        } catch (IOException e) {
            System.err.println("The engines' directory is left: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(RunningProcess process) {
        try {
            process.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
