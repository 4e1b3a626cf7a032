package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aUserBeginsWithAsManyChannelsAsAllowedAndMoreWhenTimePasses() {
        write(ALICE, 1, 3);
        assertThat(fresh.take(ALICE, room(4))).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(refused).hasValue(1);
        write(BOB, 4, 6);
        write(ALICE, 1, 6);

        now.addAndGet(20_000);
        assertThat(fresh.take(ALICE, room(7))).isEmpty();
        assertThat(fresh.take(ALICE, room(8))).isPresent();
    }

    @Test
    void theMemoryIsBoundedAndATimeThatGoesBackGivesNothing() {
        for (int user = 0; user < 60_000; user++) {
            assertThat(fresh.take(new UserId("u" + user), room(user))).isEmpty();
        }
        write(ALICE, 100_001, 100_003);
        now.addAndGet(-10_000);
        assertThat(fresh.take(ALICE, room(100_004))).isPresent();
        assertThat(fresh.take(ALICE, room(59_999))).isEmpty();
        assertThat(fresh.take(ALICE, room(0))).isPresent();
    }

    private void write(UserId user, int first, int last) {
        for (int i = first; i <= last; i++) {
            assertThat(fresh.take(user, room(i))).isEmpty();
        }
    }

    private static ChannelName room(int number) {
        return new ChannelName("room:" + number);
    }
}
