package dev.dunlin.localstack.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.supervise.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheIT {
    private final StartCache cache;

    StartCacheIT(@TempDir Path directory) {
        this.cache = new StartCache(directory.resolve("program.jar"), directory.resolve("program.aot"));
    }

    /** What runs. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println(List.of(arguments));
        }
    }

    @BeforeEach
    void build() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        String name = Program.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(cache.jar());
                JarOutputStream jar = new JarOutputStream(file, manifest);
                InputStream program =
                        Objects.requireNonNull(Program.class.getClassLoader().getResourceAsStream(name))) {
            jar.putNextEntry(new JarEntry(name));
            program.transferTo(jar);
        }
        Files.setLastModifiedTime(cache.jar(), FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void aRecordedRunGivesACacheThatTheJvmAccepts() throws IOException, InterruptedException {
        run(cache.optionsOrRecord());
        assertThat(cache.make()).isTrue();
        List<String> options = cache.options();
        assertThat(options).contains("-XX:AOTCache=" + cache.file());
        List<String> insisting = new ArrayList<>(options);
        insisting.add("-XX:AOTMode=on"); // the JVM exits if it cannot use the cache
        run(insisting);
    }

    @Test
    void withoutACacheARunRecordsOnlyIfItIsAskedTo() {
        assertThat(cache.options()).isEmpty();
        assertThat(cache.optionsOrRecord()).contains("-XX:AOTMode=record");
    }

    @Test
    void aCacheOfAnOlderBuildIsNotUsed() throws IOException {
        Files.writeString(cache.file(), "older");
        Files.setLastModifiedTime(cache.file(), FileTime.from(Instant.now().minusSeconds(120)));
        assertThat(cache.options()).isEmpty();
    }

    @Test
    void aRecordingThatCannotBeReadIsRemoved() throws IOException, InterruptedException {
        Path recording = cache.file().resolveSibling("program.aotconf");
        Files.writeString(recording, "half of it");
        assertThat(cache.make()).isFalse();
        assertThat(recording).doesNotExist();
        assertThat(cache.file()).doesNotExist();
    }

    private void run(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JavaCommand.small(ServiceModule.HEAP));
        command.addAll(options);
        command.addAll(List.of("-jar", cache.jar().toString(), "ran"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("[ran]");
    }
}
