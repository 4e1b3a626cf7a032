package dev.dunlin.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTimesTest {
    @TempDir
    Path root = Path.of("");

    @Test
    void aCheckoutWithoutReportsSaysSo() throws IOException {
        assertThat(TestTimes.read(root).lines()).containsExactly("No test has run in this checkout yet.");
    }

    @Test
    void theSlowestClassComesFirstAndModulesAreSums() throws IOException {
        report("presence-service/target/surefire-reports", "dev.dunlin.QuickTest", "0.5", 3);
        report("presence-service/target/failsafe-reports", "dev.dunlin.SlowIT", "1,012.25", 2);
        report("clients/java/target/surefire-reports", "dev.dunlin.ClientTest", "2", 1);

        assertThat(TestTimes.read(root).lines())
                .containsExactly(
                        " SECONDS  TESTS  MODULE",
                        "     2.0      1  clients/java",
                        "  1012.8      5  presence-service",
                        "  1014.8      6  all",
                        "",
                        " SECONDS  TESTS  CLASS",
                        "  1012.3      2  dev.dunlin.SlowIT",
                        "     2.0      1  dev.dunlin.ClientTest",
                        "     0.5      3  dev.dunlin.QuickTest");
    }

    private void report(String directory, String name, String seconds, int tests) throws IOException {
        Path reports = Files.createDirectories(root.resolve(directory));
        Files.writeString(reports.resolve("TEST-" + name + ".xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2"\
                 name="%s" time="%s" tests="%d" errors="0" skipped="0" failures="0">
                """.formatted(name, seconds, tests));
    }
}
