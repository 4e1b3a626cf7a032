package dev.dunlin.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedTestsTest {
    @TempDir
    Path root = Path.of("");

    @Test
    void namesEachTestWithTheRunsInWhichItFailed() throws IOException {
        FailedTests failed = new FailedTests();
        report("""
                <testcase name="one" classname="dev.dunlin.AIT" time="1"><failure type="x"/></testcase>
                <testcase name="two" classname="dev.dunlin.AIT" time="1"><skipped/></testcase>
                """);
        failed.add(root);
        report("""
                <testcase name="one" classname="dev.dunlin.AIT" time="1"><error type="x">why</error></testcase>
                <testcase name="two" classname="dev.dunlin.AIT" time="1"><failure type="x"/></testcase>
                """);
        failed.add(root);
        FailedTests.forget(root);
        failed.add(root);

        assertThat(failed.lines())
                .containsExactly(
                        "dev.dunlin.AIT.one failed in 2 of 3 runs: [1, 2]",
                        "dev.dunlin.AIT.two failed in 1 of 3 runs: [2]");
    }

    @Test
    void runsWithoutAFailureSaySo() throws IOException {
        FailedTests failed = new FailedTests();
        report("""
                <testcase name="one" classname="dev.dunlin.AIT" time="1"/>
                """);
        failed.add(root);
        assertThat(failed.lines()).containsExactly("Runs: 1. No test failed.");
    }

    @Test
    void aFileThatIsNoReportIsNamed() throws IOException {
        Files.writeString(reports().resolve("TEST-broken.xml"), "no XML");
        assertThatThrownBy(() -> new FailedTests().add(root)).hasMessageContaining("TEST-broken.xml is no test report");
    }

    private void report(String cases) throws IOException {
        Files.writeString(
                reports().resolve("TEST-dev.dunlin.AIT.xml"),
                "<testsuite name=\"dev.dunlin.AIT\">" + cases + "</testsuite>");
    }

    private Path reports() throws IOException {
        return Files.createDirectories(root.resolve("clients/java/target/failsafe-reports"));
    }
}
