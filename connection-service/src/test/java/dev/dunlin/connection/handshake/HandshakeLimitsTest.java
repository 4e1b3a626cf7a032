package dev.dunlin.connection.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HandshakeLimitsTest {
    private static final UserId BOB = new UserId("bob");
    private static final UserId EVE = new UserId("eve");

    private final AtomicLong now = new AtomicLong(1_000);

    @Test
    void handshakesBeyondTheRateAreRefusedUntilTimePasses() {
        HandshakeLimits limits = limits(2, 1000, 1000);
        limits.arrive();
        limits.arrive();
        assertThatThrownBy(limits::arrive).isInstanceOfSatisfying(RefusedException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal.retryAfter()).isPresent();
        });
        now.addAndGet(500);
        assertThatCode(limits::arrive).doesNotThrowAnyException();
    }

    @Test
    void linksOfAUserAreBoundedAndGivenBack() {
        HandshakeLimits limits = limits(100, 2, 1000);
        limits.enter(BOB, "10.0.0.1");
        limits.enter(BOB, "10.0.0.2");
        limits.enter(EVE, "10.0.0.1");
        assertRefused(limits, BOB, "10.0.0.3");
        limits.leave(BOB, "10.0.0.1");
        limits.enter(BOB, "10.0.0.3");
        assertRefused(limits, BOB, "10.0.0.3");
    }

    @Test
    void linksFromAnAddressAreBoundedAndARefusedOneCountsForNobody() {
        HandshakeLimits limits = limits(100, 1, 1);
        limits.enter(EVE, "10.0.0.1");
        assertRefused(limits, BOB, "10.0.0.1");
        limits.leave(EVE, "10.0.0.1");
        limits.enter(BOB, "10.0.0.1");
    }

    @Test
    void nodeIsFullWithThoseOnTheirWayIn() {
        HandshakeLimits limits = limits(100, 1000, 1000);
        limits.enter(BOB, "10.0.0.1");
        limits.enter(BOB, "10.0.0.1");
        limits.enter(BOB, "10.0.0.1");
        limits.enter(EVE, "10.0.0.2");
        assertThatThrownBy(() -> limits.enter(EVE, "10.0.0.2"))
                .isInstanceOfSatisfying(RefusedException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(refusal.retryAfter()).isPresent();
                });
        limits.leave(BOB, "10.0.0.1");
        assertThatCode(() -> limits.enter(EVE, "10.0.0.2")).doesNotThrowAnyException();
    }

    @Test
    void boundOfNothingStopsTheStart() {
        assertThatThrownBy(() -> new HandshakeLimits.Bounds(9, 0, 1000, 1000))
                .hasMessageContaining("dunlin.handshake.per-second");
        assertThatThrownBy(() -> new HandshakeLimits.Bounds(9, 1, 0, 1000))
                .hasMessageContaining("dunlin.handshake.links-per-user");
    }

    private static void assertRefused(HandshakeLimits limits, UserId user, String address) {
        assertThatThrownBy(() -> limits.enter(user, address))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED));
    }

    private HandshakeLimits limits(int perSecond, int perUser, int perAddress) {
        return new HandshakeLimits(
                new HandshakeLimits.Bounds(4, perSecond, perUser, perAddress),
                () -> Instant.ofEpochMilli(now.get()),
                new CountingMetrics());
    }
}
