package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.catchup.LoggedFrame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private final Backlog backlog = new Backlog(100);
    private final HeldBack held = new HeldBack(backlog);

    @Test
    void messagesGiveWayToTheLatest() {
        assertThat(held.add(event("message", 1))).isTrue();
        assertThat(held.keepOnly(event("message", 2))).isTrue();
        assertThat(held.poll()).isNotNull().extracting(LiveEvent::seq).isEqualTo(2L);
        assertThat(held.poll()).isNull();
    }

    @Test
    void editNeverGivesWay() {
        assertThat(held.add(event("message", 1))).isTrue();
        assertThat(held.add(event("edited", 2))).isTrue();
        assertThat(held.keepOnly(event("message", 3))).isFalse();
        held.clear();
        assertThat(held.keepOnly(event("edited", 4))).isFalse();
        assertThat(held.keepOnly(event("message", 5))).isTrue();
    }

    @Test
    void moreBytesThanMayWaitAreNotKept() {
        held.add(event("message", 1));
        held.add(event("message", 2));
        held.add(event("message", 3));
        assertThat(held.add(event("message", 4))).isFalse();
        assertThat(held.poll()).isNotNull();
        assertThat(held.add(event("message", 4))).isTrue();
    }

    @Test
    void allSubscriptionsOfASessionShareWhatMayWait() {
        HeldBack other = new HeldBack(backlog);
        held.add(event("message", 1));
        held.add(event("message", 2));
        assertThat(other.add(event("message", 1))).isTrue();
        assertThat(other.add(event("message", 2))).isFalse();
        held.clear();
        assertThat(other.add(event("message", 2))).isTrue();
        assertThat(other.add(event("message", 3))).isTrue();
        assertThat(held.add(event("message", 3))).isFalse();
    }

    private static LiveEvent event(String type, long seq) {
        return LiveEvent.of(new LoggedFrame(
                seq, ("{\"type\":\"" + type + "\",\"seq\":" + seq + "}").getBytes(StandardCharsets.UTF_8)));
    }
}
