package dev.dunlin.engines.supervise;

import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One small file per running process ({@code pid start signal}), so that what a killed launcher
 * left behind is found again. A pid counts only together with its start time: a foreign process
 * that got the same pid is never touched.
 */
public final class ProcessRecords {
    private final Path directory;

    public ProcessRecords(Path directory) {
        this.directory = directory;
    }

    /** A process that was recorded and still runs. */
    public record Recorded(String name, ProcessHandle handle, StopSignal stopSignal) {}

    public void add(String name, ProcessHandle handle, StopSignal stopSignal) {
        String line = handle.pid() + " " + startOf(handle) + " " + stopSignal + "\n";
        try {
            Files.createDirectories(directory);
            Path written = Files.writeString(directory.resolve(name + ".new"), line);
            Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the record, unless it is of a later process than {@code handle}. */
    public void remove(String name, ProcessHandle handle) {
        try {
            Path file = file(name);
            if (Files.readString(file).startsWith(handle.pid() + " ")) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException alreadyRemoved) {
            // who killed it and who saw it die may both remove its record, at the same time
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recorded processes that still run; records of those that do not are removed. */
    public List<Recorded> alive() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Recorded> alive = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                Optional<Recorded> recorded = read(file);
                if (recorded.isPresent()) {
                    alive.add(recorded.get());
                } else {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return alive;
    }

    /** The recorded process of that name, if it still runs. */
    public Optional<Recorded> find(String name) {
        return alive().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    private static Optional<Recorded> read(Path file) throws IOException {
        String[] fields = Files.readString(file).strip().split(" ", -1);
        if (fields.length != 3) {
            return Optional.empty();
        }
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ".pid".length());
        return ProcessHandle.of(Long.parseLong(fields[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> isSame(startOf(handle), Long.parseLong(fields[1])))
                .map(handle -> new Recorded(name, handle, StopSignal.valueOf(fields[2])));
    }

    /**
     * Whether two start times, read by different processes, are the same one: Linux derives them
     * from an adjusted clock.
     */
    public static boolean isSame(long startMillis, long otherStartMillis) {
        return Math.abs(startMillis - otherStartMillis) <= 2_000;
    }

    /** When the process started, in ms since 1970; 0 where the system does not tell. */
    public static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private Path file(String name) {
        return directory.resolve(name + ".pid");
    }
}
