package dev.dunlin.connection.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.transport.websocket.ClientFrames.Broken;
import dev.dunlin.connection.transport.websocket.ClientFrames.Frame;
import dev.dunlin.connection.transport.websocket.ClientFrames.Incomplete;
import dev.dunlin.connection.transport.websocket.ClientFrames.Order;
import dev.dunlin.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of RFC 6455 section 5.2. */
class ClientFramesTest {
    private static final int MAX_BYTES = 70_000;
    private static final int MASK = 0x37fa213d;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 125, 126, 127, 65_535, 65_536, MAX_BYTES})
    void frameOfEachLengthIsReadOnceItIsWhole(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        ByteBuf whole = frame(0x81, payload);
        for (int early : new int[] {1, 2, 5, whole.readableBytes() - 1}) {
            ByteBuf part = whole.slice(0, Math.min(early, whole.readableBytes() - 1));
            assertThat(ClientFrames.read(part, Order.BETWEEN_MESSAGES, MAX_BYTES))
                    .isEqualTo(Incomplete.FRAME);
            assertThat(part.readerIndex()).isZero();
        }
        whole.writeByte(0x89);
        assertThat(ClientFrames.read(whole, Order.BETWEEN_MESSAGES, MAX_BYTES))
                .isInstanceOfSatisfying(Frame.class, frame -> {
                    assertThat(frame.last()).isTrue();
                    assertThat(frame.opcode()).isEqualTo(ClientFrames.TEXT);
                    byte[] read = new byte[frame.payload().readableBytes()];
                    frame.payload().readBytes(read);
                    assertThat(read).isEqualTo(payload);
                });
        assertThat(whole.readableBytes()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "c1, BETWEEN_MESSAGES", // a reserved bit
        "83, BETWEEN_MESSAGES", // reserved opcodes
        "8b, BETWEEN_MESSAGES",
        "09, BETWEEN_MESSAGES", // a ping in fragments
        "80, BETWEEN_MESSAGES", // nothing to continue
        "81, IN_MESSAGE",
        "8101, BETWEEN_MESSAGES", // not masked
        "89fe, BETWEEN_MESSAGES", // a long ping
        "8881, BETWEEN_MESSAGES", // half of a close code
        "81fe007d, BETWEEN_MESSAGES", // longer forms than needed
        "81ff000000000000ffff, BETWEEN_MESSAGES",
        "81ff8000000000000000, BETWEEN_MESSAGES" // negative
    })
    void bytesThatBreakARuleAreFoundWithTheFirstOfThem(String hex, Order order) {
        ByteBuf bytes = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        assertThat(ClientFrames.read(bytes, order, MAX_BYTES))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.code()).isEqualTo(CloseCode.PROTOCOL_ERROR));
        assertThat(ClientFrames.read(bytes.slice(0, bytes.readableBytes() - 1), order, MAX_BYTES))
                .isEqualTo(Incomplete.FRAME);
    }

    @Test
    void longFrameIsRefusedBeforeItsPayload() {
        ByteBuf head = Unpooled.buffer().writeByte(0x81).writeByte(0xff).writeLong(MAX_BYTES + 1);
        assertThat(ClientFrames.read(head, Order.BETWEEN_MESSAGES, MAX_BYTES))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.code()).isEqualTo(CloseCode.MESSAGE_TOO_BIG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\u00e9\u20ac\ud83d\ude00", "\ud7ff\ue000\uffff\udbff\udfff"})
    void textIsUtf8HoweverItIsCut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int state = Utf8.COMPLETE;
        for (int i = 0; i < bytes.length; i++) {
            state = Utf8.after(state, Unpooled.wrappedBuffer(bytes, i, 1));
        }
        assertThat(state).isEqualTo(Utf8.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80", "c080", "c1bf", "e08080", "eda080", "f0808080", "f4908080", "f5", "ff", "c3c3", "e282e2"})
    void overlongFormsSurrogatesAndWhatIsBeyondUnicodeAreInvalid(String hex) {
        ByteBuf bytes = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        assertThat(Utf8.after(Utf8.COMPLETE, bytes)).isEqualTo(Utf8.INVALID);
    }

    @Test
    void unfinishedCharacterIsNotComplete() {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {(byte) 0xe2, (byte) 0x82});
        assertThat(Utf8.after(Utf8.COMPLETE, bytes)).isNotEqualTo(Utf8.COMPLETE).isNotEqualTo(Utf8.INVALID);
    }

    private static ByteBuf frame(int first, byte[] payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(first);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else if (payload.length <= 0xffff) {
            frame.writeByte(0xfe).writeShort(payload.length);
        } else {
            frame.writeByte(0xff).writeLong(payload.length);
        }
        frame.writeInt(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ (MASK >> (24 - i % 4 * 8)));
        }
        return frame;
    }
}
