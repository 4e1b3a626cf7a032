package dev.dunlin.engines.testing.server;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Engines;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.engines.supervise.RunningProcess;
import dev.dunlin.engines.testing.SharedEnginesFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The process that keeps the engines of one build: {@code SharedEnginesMain DIRECTORY}. Ends by
 * itself, with the engines and their data, when no build that asked for them runs any more.
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
        Checkout checkout = Checkout.fromSystemProperty();
        Ports ports = new Ports(run.resolve("ports.properties"));
        Engines engines = Engines.prepare(checkout, run, ports, List.of(), Store.POSTGRES, System.out::println);
        List<ProcessSpec> specs = engines.specs();
        List<RunningProcess> running = new CopyOnWriteArrayList<>();
        for (ProcessSpec spec : specs) {
            running.add(RunningProcess.start(spec, records));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "shutdown"));
        for (RunningProcess process : running) {
            process.awaitReady();
        }
        CassandraOnDemand cassandra = new CassandraOnDemand(checkout, run, ports, records, running);
        files.publish(SharedEnginesServer.start(engines.addresses(), cassandra, run, Clock.systemUTC())
                .addresses());
        awaitNoOwner(running);
    }

    private void awaitNoOwner(List<RunningProcess> running) throws IOException, InterruptedException {
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

    private void stop(List<RunningProcess> running) {
        try {
            files.withdraw();
            List<Thread> stopping = running.stream()
                    .map(process -> Thread.ofVirtual().start(() -> stop(process)))
                    .toList();
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
