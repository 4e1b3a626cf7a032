package dev.dunlin.connection.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UserRatesTest {
    private static final UserId BOB = new UserId("bob");

    private final AtomicLong now = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final UserRates rates = new UserRates(new UserRates.Limits(2, 3, 1_000), clock);

    @Test
    void allLinksOfAUserShareOneRateAndUsersDoNot() {
        assertThat(rates.publish(BOB)).isZero();
        assertThat(rates.publish(BOB)).isZero();
        assertThat(rates.publish(BOB)).isEqualTo(500);
        assertThat(rates.publish(new UserId("eve"))).isZero();
        now.addAndGet(500);
        assertThat(rates.publish(BOB)).isZero();
    }

    @Test
    void framesAndBytesOfAUserHaveRatesOfTheirOwn() {
        for (int i = 0; i < 3; i++) {
            assertThat(rates.other(BOB)).isZero();
        }
        assertThat(rates.other(BOB)).isEqualTo(334);
        assertThat(rates.publish(BOB)).isZero();
        assertThat(rates.bytes(BOB, 5_000)).isZero();
        assertThat(rates.bytes(BOB, 1)).isEqualTo(1_001);
        now.addAndGet(2_000);
        assertThat(rates.bytes(BOB, 1)).isZero();
    }

    @Test
    void usersAreForgottenWhenThatChangesNothing() {
        rates.publish(BOB);
        rates.forgetIdle();
        assertThat(rates.size()).isEqualTo(1);
        now.addAndGet(500);
        rates.forgetIdle();
        assertThat(rates.size()).isZero();
    }

    @Test
    void rateOfNothingStopsTheStart() {
        assertThatThrownBy(() -> new UserRates.Limits(0, 1, 1))
                .hasMessageContaining("dunlin.publish.per-user-per-second");
    }

    @Test
    void bytesAreCountedAndAbuseIsSeenOnlyInTheEnd() {
        FrameRates session = new FrameRates(new FrameLimits(1_000, 100, 10, 5, 1_000), clock);
        assertThat(session.bytes(900)).isZero();
        assertThat(session.bytes(200)).isZero();
        assertThat(session.bytes(1)).isEqualTo(101);
        now.addAndGet(101);
        assertThat(session.bytes(1)).isZero();
        for (int i = 0; i < 5; i++) {
            assertThat(session.abused()).isFalse();
        }
        assertThat(session.abused()).isTrue();
    }
}
