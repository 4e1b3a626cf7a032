package dev.dunlin.engines.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandIT {
    private static final FileTime BUILT = FileTime.fromMillis(1_000_000_000_000L);

    private final Path jar;
    private final Path archive;

    JavaCommandIT(@TempDir Path directory) {
        this.jar = directory.resolve("service.jar");
        this.archive = directory.resolve("service.jsa");
    }

    @BeforeEach
    void writeBoth() throws IOException {
        Files.writeString(jar, "jar");
        Files.setLastModifiedTime(jar, BUILT);
        Files.writeString(archive, "archive");
    }

    @Test
    void anArchiveThatIsOlderThanAJarIsRemoved() throws IOException {
        Files.setLastModifiedTime(archive, FileTime.fromMillis(BUILT.toMillis() - 1_000));
        assertThat(JavaCommand.archive(archive, List.of(jar))).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archive).doesNotExist();
    }

    @Test
    void anArchiveThatIsNewerIsKept() throws IOException {
        Files.setLastModifiedTime(archive, FileTime.fromMillis(BUILT.toMillis() + 1_000));
        assertThat(JavaCommand.archive(archive, List.of(jar))).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archive).exists();
    }

    @Test
    void aStartDoesNotNeedAnArchive() throws IOException {
        Files.delete(archive);
        assertThat(JavaCommand.archive(archive, List.of(jar))).contains("-XX:+AutoCreateSharedArchive");
    }
}
