package dev.dunlin.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final HandClock clock = new HandClock(START);

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("number");
        write("1", START);
    }

    @Test
    void aChangeIsSeenWithinTenSeconds() throws IOException {
        KeyFile<Integer> key = key();
        assertThat(key.current()).isEqualTo(1);
        write("2", START.plusSeconds(5));
        clock.advance(Duration.ofSeconds(9));
        assertThat(key.current()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(key.current()).isEqualTo(2);
        assertThat(key.modified()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void afterARefusalItIsReadAtOnce() throws IOException {
        KeyFile<Integer> key = key();
        write("2", START.plusSeconds(5));
        key.suspect();
        assertThat(key.current()).isEqualTo(2);
    }

    @Test
    void aFileThatIsReplacedByALinkOfTheSameAgeAndSizeIsRead() throws IOException {
        KeyFile<Integer> key = key();
        Path other = directory.resolve("other");
        Files.writeString(other, "3");
        Files.setLastModifiedTime(other, FileTime.from(START));
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        clock.advance(Duration.ofSeconds(10));
        assertThat(key.current()).isEqualTo(3);
    }

    @Test
    void ofABrokenOrMissingFileTheOldValueStaysUntilThereIsAGoodOne() throws IOException {
        KeyFile<Integer> key = key();
        write("x", START.plusSeconds(5));
        clock.advance(Duration.ofSeconds(10));
        assertThat(key.current()).isEqualTo(1);
        assertThat(key.modified()).isEqualTo(START);
        Files.delete(file);
        clock.advance(Duration.ofSeconds(10));
        assertThat(key.current()).isEqualTo(1);
        write("4", START.plusSeconds(25));
        clock.advance(Duration.ofSeconds(10));
        assertThat(key.current()).isEqualTo(4);
    }

    @Test
    void atStartAMissingOrBrokenFileIsAFailure() throws IOException {
        write("x", START);
        assertThatThrownBy(this::key).isInstanceOf(IllegalArgumentException.class);
        Files.delete(file);
        assertThatThrownBy(this::key).isInstanceOf(NoSuchFileException.class);
    }

    private KeyFile<Integer> key() throws IOException {
        return new KeyFile<>(file, (_, text) -> Integer.valueOf(text), clock);
    }

    private void write(String text, Instant modified) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
