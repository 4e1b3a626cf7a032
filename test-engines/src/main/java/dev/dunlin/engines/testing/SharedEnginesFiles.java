package dev.dunlin.engines.testing;

import dev.dunlin.engines.supervise.ProcessRecords;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the builds of a checkout and their engines' process tell each other, by files of one
 * directory: {@code engines.properties} (the addresses, there while the engines serve),
 * {@code owners/PID-START} (a build that needs them), {@code lock} (held by who changes either).
 */
public record SharedEnginesFiles(Path directory) {
    private static final String PID = "pid";
    private static final String START = "start";
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    /** Runs the action while no other process or thread does the same. */
    public <T> T locked(Action<T> action) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        try (FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = lock(channel);
            try {
                return action.run();
            } finally {
                lock.release();
            }
        }
    }

    /** Waits for another thread too. The JVM refuses it a lock, even from another class loader. */
    private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    /** What {@link #locked} runs. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException, InterruptedException;
    }

    /** The addresses, if the process that wrote them still runs. */
    public Optional<Properties> addresses() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file())) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return isAlive(properties.getProperty(PID, "0"), properties.getProperty(START, "0"))
                ? Optional.of(properties)
                : Optional.empty();
    }

    /** Makes the addresses known as those of this process. */
    public void publish(Properties addresses) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Properties all = new Properties();
        all.putAll(addresses);
        all.setProperty(PID, Long.toString(self.pid()));
        all.setProperty(START, Long.toString(ProcessRecords.startOf(self)));
        Path whole = directory.resolve("engines.new");
        try (Writer writer = Files.newBufferedWriter(whole)) {
            all.store(writer, null);
        }
        Files.move(whole, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes back what {@link #publish} made known, if it is still of this process. */
    public void withdraw() throws IOException {
        Optional<Properties> addresses = addresses();
        if (addresses.isPresent()
                && addresses
                        .get()
                        .getProperty(PID)
                        .equals(Long.toString(ProcessHandle.current().pid()))) {
            Files.deleteIfExists(file());
        }
    }

    /** Says that the engines are needed for as long as that process runs. */
    public void addOwner(ProcessHandle owner) throws IOException {
        Path owners = Files.createDirectories(directory.resolve("owners"));
        Files.writeString(owners.resolve(owner.pid() + "-" + ProcessRecords.startOf(owner)), "");
    }

    /** Whether a process that needs the engines still runs; forgets those that do not. */
    public boolean hasOwner() throws IOException {
        boolean found = false;
        try (Stream<Path> owners = Files.list(directory.resolve("owners"))) {
            for (Path owner : owners.toList()) {
                String[] pidAndStart = owner.getFileName().toString().split("-", 2);
                if (isAlive(pidAndStart[0], pidAndStart[1])) {
                    found = true;
                } else {
                    Files.deleteIfExists(owner);
                }
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return found;
    }

    private static boolean isAlive(String pid, String start) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> ProcessRecords.isSame(ProcessRecords.startOf(handle), Long.parseLong(start)))
                .isPresent();
    }

    private Path file() {
        return directory.resolve("engines.properties");
    }
}
