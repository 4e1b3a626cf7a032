package dev.dunlin.localstack;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessRecords.Recorded;
import dev.dunlin.engines.supervise.Signals;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.engines.tokens.SigningKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files of one stack. At most one launcher at a time has it. */
public record DataDirectory(Path path) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Stopped last, since the others need them. */
    private static final List<String> ENGINES = List.of("kafka", "redis", "postgres", "cassandra");

    /**
     * Makes the directory if it is not there.
     *
     * @throws StackException if nothing can be written there
     */
    public void requireWritable() {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "writable", ".tmp"));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private StackException unwritable(IOException e) {
        String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
        return new StackException(
                "The data directory " + path + " cannot be written (" + reason + "): choose another with --data", e);
    }

    /** Says that this launcher has the directory until it is closed. */
    public Lock lock() {
        requireWritable();
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isEmpty()) {
                channel.close();
                throw new StackException("Dunlin is already up with the data in " + path
                        + ": see ./dev status, or end it with ./dev down");
            }
            return channel::close;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The one that the checkout's own {@code ./dev} uses if it gets no other. */
    public static DataDirectory of(Checkout checkout) {
        return new DataDirectory(checkout.root().resolve(".dunlin"));
    }

    /** Whether it is that one: where dev mode looks for its configuration. */
    boolean isOf(Checkout checkout) {
        return equals(of(checkout));
    }

    /** Kept while a launcher runs. */
    @FunctionalInterface
    public interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** Ends what a killed launcher left running; call it with the lock. Returns how many. */
    public int endLeftovers() throws InterruptedException {
        List<Recorded> left = records().alive();
        Predicate<Recorded> isEngine = process -> ENGINES.contains(process.name());
        for (Predicate<Recorded> group : List.of(isEngine.negate(), isEngine)) {
            List<Thread> ends = new ArrayList<>();
            for (Recorded process : left) {
                if (group.test(process)) {
                    ends.add(Thread.ofVirtual().start(() -> end(process)));
                }
            }
            for (Thread end : ends) {
                end.join();
            }
        }
        return left.size();
    }

    private void end(Recorded process) {
        try {
            Signals.stop(process.handle(), process.stopSignal(), PATIENCE);
            records().remove(process.name(), process.handle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets what the engines kept; keys, ports and everything that is not of the stack stay. */
    public void forget() throws IOException {
        for (String engine : ENGINES) {
            FileTree.delete(path.resolve(engine));
        }
        Files.deleteIfExists(storeFile());
    }

    /**
     * Says that the log here is kept in that store.
     *
     * @throws StackException if it was kept in another: what is in Kafka is committed, so the other
     *     store would begin with a hole
     */
    public void keepIn(Store store) throws IOException {
        boolean older = !Files.exists(storeFile()) && Files.isDirectory(path.resolve("kafka"));
        String before = older
                ? Store.POSTGRES.text()
                : Files.exists(storeFile()) ? Files.readString(storeFile()).strip() : store.text();
        if (!before.equals(store.text())) {
            throw new StackException(
                    "The data in " + path + " were made with --store " + before
                            + ", and a log does not move from one store to another: use that, another directory (--data), or forget them (--fresh)");
        }
        Files.writeString(storeFile(), store.text() + "\n");
    }

    private Path storeFile() {
        return path.resolve("store");
    }

    public ProcessRecords records() {
        return new ProcessRecords(path.resolve("processes"));
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    public Path keyFile() {
        return path.resolve("signing-key.json");
    }

    /** The stack's own key, made now if there is none. */
    public SigningKey signingKey() throws IOException {
        return SigningKey.load(keyFile());
    }

    public Path serviceTokenFile() {
        return path.resolve("service-token");
    }

    public Path vapidKeyFile() {
        return path.resolve("vapid.pem");
    }

    public Path portsFile() {
        return path.resolve("ports.properties");
    }

    public Path gatewayFile() {
        return path.resolve("gateway.properties");
    }

    /** The configuration for a module in dev mode. */
    public Path devFile(String module) {
        return path.resolve("dev").resolve(module + ".properties");
    }

    /** How the commands reach the launcher. */
    public Path controlFile() {
        return path.resolve("control");
    }
}
