package dev.dunlin.engines.testing.server;

import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessRecords.Recorded;
import dev.dunlin.engines.supervise.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What an engines' process that was killed could not tidy up. */
final class Leftovers {
    /** The records of the engines, and of who keeps them, in the directory of one run. */
    static final String PROCESSES = "processes";

    static final String KEEPER = "keeper";

    private Leftovers() {}

    /** Ends the engines whose keeper is gone, and deletes their directories. */
    static void remove(Path directory) throws IOException, InterruptedException {
        List<Path> runs;
        try (Stream<Path> files = Files.list(directory)) {
            runs = files.filter(f -> f.getFileName().toString().startsWith("run-"))
                    .toList();
        }
        for (Path run : runs) {
            List<Recorded> alive = new ProcessRecords(run.resolve(PROCESSES)).alive();
            if (alive.stream().noneMatch(recorded -> recorded.name().equals(KEEPER))) {
                for (Recorded left : alive) {
                    Signals.stop(left.handle(), left.stopSignal(), Duration.ofSeconds(5));
                }
                FileTree.delete(run);
            }
        }
    }
}
