package dev.dunlin.push.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.schedule.Pending;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageVerdictsTest {
    private static final ChannelName CHANNEL = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");

    private final MessageVerdicts verdicts = new MessageVerdicts(new Heard(
            new ChannelEvent(
                    EPOCH,
                    new ServerFrame.Message(
                            CHANNEL,
                            1,
                            new ClientMessageId("m1"),
                            new UserId("alice"),
                            5,
                            TextNode.valueOf("hi"),
                            null,
                            null,
                            null,
                            null,
                            null)),
            new TraceId(1, 2)));

    @Test
    void thoseAreRecordedWhoDifferFromMost() {
        add(Reason.NOTIFY, 3_000, "absent");
        add(Reason.ONLINE, 998, "present");
        add(Reason.OWN, 1, "sender");
        add(Reason.MUTED, 1, "muted");
        Pending.Message message = message(4_000);
        assertThat(message.verdict()).isEqualTo(Reason.NOTIFY);
        assertThat(message.verdicts())
                .hasSize(1_000)
                .containsEntry(new UserId("present997"), Reason.ONLINE)
                .containsEntry(new UserId("sender0"), Reason.OWN);
    }

    @Test
    void ofALargeGroupThatIsDividedNothingIsRecordedButTheCounts() {
        add(Reason.NOTIFY, 3_000, "absent");
        add(Reason.ONLINE, 1_001, "present");
        Pending.Message message = message(4_001);
        assertThat(message.verdict()).isEqualTo(Reason.NOT_RECORDED);
        assertThat(message.verdicts()).isEmpty();
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        verdicts.count(counts);
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of(Reason.NOTIFY, 3_000L, Reason.ONLINE, 1_001L));
    }

    @Test
    void aMessageThatReachesNobodySaysSo() {
        assertThat(message(0).verdict()).isEqualTo(Reason.NO_DEVICE);
    }

    private Pending.Message message(int recipients) {
        return verdicts.message(new ChannelBatch(CHANNEL, EPOCH), recipients);
    }

    private void add(Reason reason, int users, String name) {
        IntStream.range(0, users).forEach(i -> verdicts.add(new UserId(name + i), reason));
    }
}
