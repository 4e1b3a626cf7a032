package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreshChannelsTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    private final AtomicLong now = new AtomicLong(1_000);
    private final AtomicInteger refused = new AtomicInteger();
    private final FreshChannels fresh =
            new FreshChannels(3, () -> Instant.ofEpochMilli(now.get()), refused::incrementAndGet);

    @Test
    void aUserBeginsWithSoManyChannelsAndMoreWhenTimePasses() {
        write(ALICE, 1, 3);
        assertThatThrownBy(() -> fresh.take(ALICE, room(4))).isInstanceOfSatisfying(RefusedException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(20));
        });
        assertThat(refused).hasValue(1);
        write(BOB, 4, 6);
        write(ALICE, 1, 6);

        now.addAndGet(20_000);
        fresh.take(ALICE, room(7));
        assertThatThrownBy(() -> fresh.take(ALICE, room(8))).isInstanceOf(RefusedException.class);
    }

    @Test
    void theMemoryIsBoundedAndATimeThatGoesBackGivesNothing() {
        for (int user = 0; user < 60_000; user++) {
            fresh.take(new UserId("u" + user), room(user));
        }
        write(ALICE, 100_001, 100_003);
        now.addAndGet(-10_000);
        assertThatThrownBy(() -> fresh.take(ALICE, room(100_004))).isInstanceOf(RefusedException.class);
        fresh.take(ALICE, room(59_999));
        assertThatThrownBy(() -> fresh.take(ALICE, room(0))).isInstanceOf(RefusedException.class);
    }

    private void write(UserId user, int first, int last) {
        for (int i = first; i <= last; i++) {
            fresh.take(user, room(i));
        }
    }

    private static ChannelName room(int number) {
        return new ChannelName("room:" + number);
    }
}
