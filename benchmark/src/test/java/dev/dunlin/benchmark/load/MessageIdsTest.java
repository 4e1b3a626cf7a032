package dev.dunlin.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    @Test
    void everyIdOfAnArrayOfFramesIsFound() {
        byte[] frames = ascii("[{\"type\":\"ack\",\"ref\":\"07-000000001\",\"id\":\""
                + MessageIds.text(7, 1) + "\"},{\"type\":\"ack\",\"id\":\""
                + MessageIds.text(7, 123_456_789) + "\",\"seq\":2}]");
        int first = MessageIds.find(frames, 0, frames.length);
        assertThat(MessageIds.round(frames, first)).isEqualTo(7);
        assertThat(MessageIds.number(frames, first)).isEqualTo(1);
        int second = MessageIds.find(frames, first, frames.length);
        assertThat(MessageIds.number(frames, second)).isEqualTo(123_456_789);
        assertThat(MessageIds.find(frames, second, frames.length)).isEqualTo(-1);
    }

    @Test
    void anIdOfSomebodyElseHasNoNumber() {
        byte[] frame = ascii("{\"type\":\"message\",\"id\":\"somebody-else's\"}");
        assertThat(MessageIds.number(frame, MessageIds.find(frame, 0, frame.length)))
                .isNegative();
    }

    @Test
    void anIdThatIsCutShortIsNotFound() {
        byte[] frame = ascii("{\"id\":\"" + MessageIds.text(1, 2));
        assertThat(MessageIds.find(frame, 0, frame.length - 1)).isEqualTo(-1);
    }

    @Test
    void thePublishFrameHasDataOfTheWantedSizeAndItsIdTwice() {
        String frame = new String(Payload.publish("room:a", 200).with(3, 4), StandardCharsets.US_ASCII);
        String data = frame.substring(frame.indexOf("\"data\":") + "\"data\":".length(), frame.length() - 1);
        assertThat(data).hasSize(200);
        assertThat(frame).contains("\"ref\":\"03-000000004\"", "\"id\":\"03-000000004\"");
        assertThat(Payload.record(200).with(3, 4)).hasSize(200);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
