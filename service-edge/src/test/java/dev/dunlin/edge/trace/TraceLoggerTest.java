package dev.dunlin.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceLoggerTest {
    private static final TraceId TRACE = new TraceId(1, 2);

    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    TraceLoggerTest() {
        Logger.getLogger("dunlin.trace").addHandler(handler);
    }

    @AfterEach
    void restore() {
        Logger.getLogger("dunlin.trace").removeHandler(handler);
        TraceLogger.use(new TraceSample(0));
    }

    @Test
    void logsAMessageOfTheSampleUnderItsTraceId() {
        TraceLogger.use(new TraceSample(1));
        TraceLogger.log(TRACE, () -> "published room:a");
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().getMessage()).isEqualTo("published room:a");
        assertThat(((ExtLogRecord) records.getFirst()).getMdcCopy()).isEqualTo(Map.of("traceId", TRACE.toString()));
    }

    @Test
    void makesNoLineForAMessageOutsideOfTheSample() {
        TraceLogger.use(new TraceSample(Double.MIN_VALUE));
        assertThat(TraceLogger.isOn()).isTrue();
        TraceLogger.log(TRACE, () -> {
            throw new AssertionError("the line was made");
        });
        assertThat(records).isEmpty();
    }

    @Test
    void isOffWithoutASample() {
        TraceLogger.use(new TraceSample(0));
        assertThat(TraceLogger.isOn()).isFalse();
    }
}
