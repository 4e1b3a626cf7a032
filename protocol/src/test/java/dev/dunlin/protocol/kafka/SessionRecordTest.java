package dev.dunlin.protocol.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionRecordTest {
    private static final NodeId NODE = new NodeId("n.1");
    private static final SessionId SESSION = new SessionId("s-1");
    private static final UserId ALICE = new UserId("alice");

    @ParameterizedTest
    @EnumSource
    void anEventIsReadAsItWasWritten(SessionEvent.Kind kind) throws InvalidInput {
        SessionEvent event = new SessionEvent(kind, SESSION, ALICE, NODE, 7, Device.MOBILE);
        assertThat(Json.read(Json.write(event), SessionRecord.class)).isEqualTo(event);
    }

    @Test
    void aDigestIsReadAsItWasWritten() throws InvalidInput {
        SessionDigest digest = new SessionDigest(NODE, 7, 2, Long.MIN_VALUE);
        assertThat(text(digest))
                .isEqualTo("{\"node\":\"n.1\",\"at\":7,\"count\":2,\"hash\":-9223372036854775808,"
                        + "\"type\":\"session_digest\"}");
        assertThat(Json.read(Json.write(digest), SessionRecord.class)).isEqualTo(digest);
    }

    @Test
    void aListIsReadAsItWasWritten() throws InvalidInput {
        SessionList list =
                new SessionList(NODE, 7, 0, true, List.of(new SessionList.Listed(SESSION, ALICE, true, Device.WEB)));
        assertThat(Json.read(Json.write(list), SessionRecord.class)).isEqualTo(list);
    }

    @Test
    void anEventIsWrittenAsOlderServicesReadIt() {
        assertThat(text(new SessionEvent(SessionEvent.Kind.STARTED, SESSION, ALICE, NODE, 7, Device.MOBILE)))
                .isEqualTo(
                        "{\"type\":\"session_started\",\"session\":\"s-1\",\"user\":\"alice\",\"node\":\"n.1\",\"at\":7,\"device\":\"mobile\"}");
    }

    @Test
    void aRecordOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> Json.read(
                        "{\"type\":\"session_paused\",\"node\":\"n.1\"}".getBytes(StandardCharsets.UTF_8),
                        SessionRecord.class))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void theHashOfASessionTellsAwayFromActive() {
        assertThat(SessionDigest.hash(SESSION, true)).isNotEqualTo(SessionDigest.hash(SESSION, false));
        assertThat(SessionDigest.hash(new SessionId("a"), false)).isEqualTo(0x089be207b544f1e4L);
    }

    @Test
    void theShardOfAUserIsTheSameEverywhere() {
        assertThat(PresenceShard.of(ALICE)).isEqualTo(0x278ebc47 % PresenceShard.COUNT);
    }

    private static String text(SessionRecord written) {
        return new String(Json.write(written), StandardCharsets.UTF_8);
    }
}
