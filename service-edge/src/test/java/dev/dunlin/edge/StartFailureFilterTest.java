package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class StartFailureFilterTest {
    private final StartFailureFilter filter = new StartFailureFilter();

    @Test
    void failedStartIsOneLineWithItsReason() {
        LogRecord record = record("io.quarkus.runtime.Application");
        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(record.getThrown()).isNull();
        assertThat(record.getMessage())
                .contains("Connection to 127.0.0.1:1 refused")
                .doesNotContain("\n");
    }

    @Test
    void otherFailuresKeepTheirTrace() {
        LogRecord record = record("dev.dunlin.Other");
        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(record.getThrown()).isNotNull();
    }

    private static LogRecord record(String logger) {
        LogRecord record = new LogRecord(Level.SEVERE, "Failed to start application");
        record.setLoggerName(logger);
        record.setThrown(new IllegalStateException(
                "Failed to start quarkus",
                new IllegalArgumentException("Connection to 127.0.0.1:1 refused\nat the door")));
        return record;
    }
}
