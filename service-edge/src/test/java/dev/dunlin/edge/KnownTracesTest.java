package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class KnownTracesTest {
    private final KnownTraces filter = new KnownTraces();

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

    @Test
    void whatAClosedConnectionDoesToVertxIsNotLogged() {
        assertThat(filter.isLoggable(nullPointerIn("io.vertx.core.http.impl.Http1xServerRequest", "handleException")))
                .isFalse();
        assertThat(filter.isLoggable(nullPointerIn("io.vertx.core.http.impl.Http1xServerRequest", "handleEnd")))
                .isTrue();
        assertThat(filter.isLoggable(nullPointerIn("dev.dunlin.Other", "handleException")))
                .isTrue();
    }

    @Test
    void whatIsNoRequestIsNotLogged() {
        LogRecord record = new LogRecord(Level.SEVERE, "HTTP Request failed");
        record.setLoggerName("io.quarkus.vertx.http.runtime.QuarkusErrorHandler");
        record.setThrown(new VertxException("For HTTP/1.x requests, the 'Host' header is required", true));
        assertThat(filter.isLoggable(record)).isFalse();
        record.setThrown(new VertxException("with a trace"));
        assertThat(filter.isLoggable(record)).isTrue();
    }

    private static LogRecord nullPointerIn(String type, String method) {
        NullPointerException failure = new NullPointerException();
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement(type, method, null, 1)});
        LogRecord record = new LogRecord(Level.SEVERE, "Unhandled exception");
        record.setThrown(failure);
        return record;
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
