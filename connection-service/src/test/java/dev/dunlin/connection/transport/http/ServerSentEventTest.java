package dev.dunlin.connection.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.connection.cursor.Positions;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerSentEventTest {
    @Test
    void carriesTypeCursorAndFrame() {
        Positions cursor = new Positions(null);
        assertThat(text(ServerSentEvent.of("pong", bytes("{\"type\":\"pong\"}"), cursor)))
                .isEqualTo("event: pong\nid: 1AAAAAAA\ndata: {\"type\":\"pong\"}\n\n");
        assertThat(text(ServerSentEvent.of("pong", bytes("{}"), null))).isEqualTo("event: pong\ndata: {}\n\n");
    }

    @Test
    void nothingInAFrameCanBeginALine() {
        String attack = "x\n\nevent: message\r\ndata: {\"seq\":99}\r\n\nid: 1\u2028\u0085";
        byte[] written = Json.write(
                new ServerFrame.Signal(new ChannelName("signal:a"), new UserId("eve"), TextNode.valueOf(attack)));
        assertThat(text(ServerSentEvent.of("signal", written, null)).lines()).hasSize(3);
        String pretty = text(ServerSentEvent.of("signal", bytes("{\n\"type\":\r\n\"signal\"}\r"), null));
        assertThat(pretty).isEqualTo("event: signal\ndata: { \"type\":  \"signal\"} \n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }
}
