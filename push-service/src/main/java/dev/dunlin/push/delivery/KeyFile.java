package dev.dunlin.push.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * A key or an account in a file, read again when the file changes. It looks at the file when it is
 * used, at most every 10 seconds. A new file that is broken is logged once, and the previous value
 * stays. Thread-safe; may read a small local file.
 */
public final class KeyFile<T> {
    private static final Logger LOG = Logger.getLogger(KeyFile.class);
    private static final Duration LOOKS = Duration.ofSeconds(10);

    private final Path file;
    private final Parser<T> parser;
    private final Clock clock;
    private volatile Loaded<T> loaded;
    private volatile Instant nextLook;

    /**
     * Reads the text of a file. Throws {@link IllegalArgumentException} with what is wrong, without
     * the content.
     */
    @FunctionalInterface
    public interface Parser<T> {
        /** {@code file}: where the text was read, with all links followed. */
        T parse(Path file, String text);
    }

    /** Identifies the content: it changes when the file is written or replaced. */
    private record Version(FileTime modified, long bytes, String file) {}

    private record Loaded<T>(Version version, T value, Instant modified) {}

    /**
     * Throws {@link IOException} if the file cannot be read, and {@link IllegalArgumentException}
     * if its content is wrong.
     */
    public KeyFile(Path file, Parser<T> parser, Clock clock) throws IOException {
        this.file = file;
        this.parser = parser;
        this.clock = clock;
        this.loaded = load(version());
        this.nextLook = clock.instant().plus(LOOKS);
    }

    /** The value of the newest file that was right. */
    public T current() {
        if (!clock.instant().isBefore(nextLook)) {
            look();
        }
        return loaded.value();
    }

    /** Looks at the file at the next use, because a provider refused what was read. */
    public void suspect() {
        nextLook = Instant.MIN;
    }

    /** When the file was written that {@link #current} was read from. */
    public Instant modified() {
        return loaded.modified();
    }

    private synchronized void look() {
        if (clock.instant().isBefore(nextLook)) {
            return;
        }
        nextLook = clock.instant().plus(LOOKS);
        Version version = loaded.version();
        try {
            version = version();
            if (!version.equals(loaded.version())) {
                loaded = load(version);
                LOG.infof("%s has changed and was read", file);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("%s cannot be used now, what was read before stays: %s", file, e.getMessage());
            loaded = new Loaded<>(version, loaded.value(), loaded.modified());
        }
    }

    private Version version() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    }

    private Loaded<T> load(Version version) throws IOException {
        Path real = file.toRealPath(); // a link may change meanwhile
        return new Loaded<>(
                version,
                parser.parse(real, Files.readString(real)),
                version.modified().toInstant());
    }
}
