package dev.dunlin.protocol.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusMessageTest {
    private static final byte[] FRAME = "{\"type\":\"typing\"}".getBytes(StandardCharsets.UTF_8);
    private static final TraceId TRACE = new TraceId(-5, 7);

    @Test
    void everyKindComesBackAsItWasSent() throws InvalidInput {
        for (BusMessage sent : List.of(
                BusMessage.event(1L << 40, new Epoch("abc"), TRACE, new SessionId("s1"), FRAME),
                BusMessage.event(1, new Epoch("abc"), TRACE, null, FRAME),
                BusMessage.ephemeral(TRACE, null, FRAME),
                BusMessage.reply(TRACE, new SessionId("s2"), new byte[0]))) {
            assertThat(BusMessage.decode(sent.encode()))
                    .usingRecursiveComparison()
                    .isEqualTo(sent);
        }
    }

    @Test
    void foreignAndCutBytesAreRefused() {
        byte[] whole = BusMessage.event(1, new Epoch("abc"), TRACE, new SessionId("s1"), FRAME)
                .encode();
        byte[] otherVersion = whole.clone();
        otherVersion[0] = 2;
        for (byte[] bytes : List.of(new byte[0], FRAME, otherVersion, Arrays.copyOf(whole, 29))) {
            assertThatThrownBy(() -> BusMessage.decode(bytes)).isInstanceOf(InvalidInput.class);
        }
    }
}
