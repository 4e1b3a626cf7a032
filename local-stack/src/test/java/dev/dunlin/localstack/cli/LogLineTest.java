package dev.dunlin.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void aServicesJsonIsMadeReadable() {
        LogLine line = read("""
                {"timestamp":"2026-11-22T02:54:40.042Z","level":"INFO","loggerName":"dev.dunlin.message.Sequencer",\
                "message":"took 7","mdc":{"traceId":"0af7651916cd43dd8448eb211c80319c"}}""");

        assertThat(line.text()).isEqualTo("02:54:40.042 INFO  Sequencer: took 7 [0af7651916cd43dd8448eb211c80319c]");
        assertThat(line.time()).contains(Instant.parse("2026-11-22T02:54:40.042Z"));
    }

    @Test
    void aStackTraceFollowsItsLine() {
        LogLine line = read("""
                {"timestamp":"2026-11-22T02:54:40.042Z","level":"ERROR","loggerName":"a.B","message":"no",\
                "stackTrace":"java.io.IOException: x\\n\\tat a.B.c(B.java:1)\\n"}""");

        assertThat(line.text()).isEqualTo("02:54:40.042 ERROR B: no\njava.io.IOException: x\n\tat a.B.c(B.java:1)");
    }

    @Test
    void whatIsNotJsonStaysAsItIs() {
        assertThat(read("LOG:  database system is ready").text()).isEqualTo("LOG:  database system is ready");
        assertThat(read("{ broken").text()).isEqualTo("{ broken");
        assertThat(read("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
    }

    private static LogLine read(String text) {
        return LogLine.of(text, ZoneOffset.UTC);
    }
}
