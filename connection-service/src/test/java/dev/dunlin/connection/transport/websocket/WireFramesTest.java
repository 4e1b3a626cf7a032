package dev.dunlin.connection.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.link.FrameRun;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WireFramesTest {
    private final WireFrames wire = new WireFrames();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> decoded(ByteBuf encoded) {
        EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
        client.writeInbound(encoded);
        List<String> texts = new ArrayList<>();
        for (TextWebSocketFrame frame = client.readInbound(); frame != null; frame = client.readInbound()) {
            texts.add(frame.text());
            frame.release();
        }
        client.finishAndReleaseAll();
        return texts;
    }

    @Test
    void runIsOneTextMessageForEachOfItsFrames() {
        List<String> texts = List.of("short", "m".repeat(300), "", "l".repeat(70_000));
        FrameRun run = new FrameRun(texts.stream().map(WireFramesTest::bytes).toList());
        assertThat(decoded(wire.texts(UnpooledByteBufAllocator.DEFAULT, run))).isEqualTo(texts);
    }

    @Test
    void runIsEncodedOnceForAllLinksOfALoop() {
        FrameRun run = new FrameRun(List.of(bytes("a"), bytes("b")));
        List<ByteBuf> encoded = Stream.generate(() -> wire.texts(UnpooledByteBufAllocator.DEFAULT, run))
                .limit(3)
                .toList();
        assertThat(encoded)
                .extracting(ByteBuf::memoryAddress)
                .containsOnly(encoded.getFirst().memoryAddress());
        encoded.forEach(ByteBuf::release);
    }

    @Test
    void textAfterARunIsNotMistakenForIt() {
        byte[] text = bytes("a");
        FrameRun run = new FrameRun(List.of(text, bytes("b")));
        assertThat(decoded(wire.text(UnpooledByteBufAllocator.DEFAULT, text))).containsExactly("a");
        assertThat(decoded(wire.texts(UnpooledByteBufAllocator.DEFAULT, run))).containsExactly("a", "b");
        assertThat(decoded(wire.text(UnpooledByteBufAllocator.DEFAULT, text))).containsExactly("a");
    }
}
