package dev.dunlin.benchmark.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 100_000})
    void framesComeWholeHoweverTheBytesAreCut(int piece) {
        List<String> texts = List.of("short", "m".repeat(126), "", "l".repeat(70_000));
        byte[] all = bytes(texts);
        List<String> read = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(256 * 1024);
        for (int at = 0; at < all.length; at += piece) {
            int count = Math.min(piece, all.length - at);
            decoder.room().put(all, at, count);
            decoder.received(count, (opcode, bytes, from, to) -> {
                assertThat(opcode).isEqualTo(FrameDecoder.TEXT);
                read.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            });
        }
        assertThat(read).isEqualTo(texts);
    }

    private static byte[] bytes(List<String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            out.write(0x81);
            if (payload.length < 126) {
                out.write(payload.length);
            } else if (payload.length < 65_536) {
                out.write(126);
                out.writeBytes(
                        ByteBuffer.allocate(2).putShort((short) payload.length).array());
            } else {
                out.write(127);
                out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
            }
            out.writeBytes(payload);
        }
        return out.toByteArray();
    }
}
