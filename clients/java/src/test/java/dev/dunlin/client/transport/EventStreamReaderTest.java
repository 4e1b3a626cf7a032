package dev.dunlin.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.client.transport.EventStreamReader.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamReaderTest {
    private static final String STREAM =
            "retry: 1000\n\n: heartbeat\n\nevent: message\nid: 1\ndata: {\"a\":\"ä😀\"}\n\n"
                    + "data:first\r\ndata: second\r\n\r\nid: 2\rdata: third\r\rdata: cut off";
    private static final List<Event> EVENTS =
            List.of(new Event("{\"a\":\"ä😀\"}", "1"), new Event("first\nsecond", "1"), new Event("third", "2"));

    @Test
    void readsEveryKindOfLineEndAndThrowsAwayWhatTheEndCuts() {
        assertThat(read(STREAM, Integer.MAX_VALUE)).isEqualTo(EVENTS);
    }

    @Test
    void bytesMayBeCutAnywhere() {
        for (int piece = 1; piece < 20; piece++) {
            assertThat(read(STREAM, piece)).as("pieces of %s bytes", piece).isEqualTo(EVENTS);
        }
    }

    @Test
    void anIdWithoutDataIsOfTheNextEvent() {
        assertThat(read("id: 7\n\ndata: x\n\n", 3)).containsExactly(new Event("x", "7"));
    }

    @Test
    void anEventWithoutAnEndIsNoEvent() {
        assertThatThrownBy(() -> read("data: " + "x".repeat(5_000_000), 65_536)).isInstanceOf(NotHere.class);
    }

    private static List<Event> read(String stream, int piece) {
        List<Event> events = new ArrayList<>();
        EventStreamReader reader = new EventStreamReader(events::add);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length - from)) {
            reader.feed(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
        }
        return events;
    }
}
