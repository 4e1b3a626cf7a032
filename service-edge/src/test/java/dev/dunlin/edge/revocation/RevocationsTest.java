package dev.dunlin.edge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final long NOW = 1_800_000_000L;
    private final AtomicLong now = new AtomicLong(NOW);
    private final Revocations revocations =
            new Revocations(Duration.ofHours(1), 10, () -> Instant.ofEpochSecond(now.get()));

    @Test
    void tokensOfBeforeTheSecondDoNotCountAndThoseOfItDo() {
        end("bob", NOW * 1000 + 999);
        assertThat(revocations.revoked("bob", NOW - 1)).isTrue();
        assertThat(revocations.revoked("bob", NOW)).isFalse();
        assertThat(revocations.revoked("bob", NOW + 1)).isFalse();
        assertThat(revocations.revoked("eve", NOW - 1)).isFalse();
        assertThat(revocations.revoked(null, NOW - 1)).isFalse();
    }

    @Test
    void theLatestStaysWhateverTheOrder() {
        end("bob", NOW * 1000);
        end("bob", (NOW - 60) * 1000);
        assertThat(revocations.revoked("bob", NOW - 1)).isTrue();
    }

    @Test
    void whatCanRefuseNoTokenAnyMoreIsForgotten() {
        end("old", (NOW - 3601) * 1000);
        assertThat(revocations.size()).isZero();
        end("bob", NOW * 1000);
        now.addAndGet(3600);
        revocations.forgetOld();
        assertThat(revocations.size()).isEqualTo(1);
        now.addAndGet(1);
        revocations.forgetOld();
        assertThat(revocations.size()).isZero();
    }

    @Test
    void whenItIsFullNothingThatWasRefusedCountsAgain() {
        for (int i = 0; i < 100; i++) {
            end("user-" + i, (NOW - 1000 + i) * 1000);
        }
        assertThat(revocations.size()).isLessThanOrEqualTo(10);
        for (int i = 0; i < 100; i++) {
            assertThat(revocations.revoked("user-" + i, NOW - 1000 + i - 1)).isTrue();
        }
        assertThat(revocations.revoked("user-99", NOW)).isFalse();
        assertThat(revocations.revoked("somebody", NOW)).isFalse();
    }

    @Test
    void listenersHearOfEachOne() {
        List<String> heard = new ArrayList<>();
        revocations.listen(ended -> heard.add(ended.user().value()));
        end("bob", NOW * 1000);
        end("eve", NOW * 1000);
        assertThat(heard).containsExactly("bob", "eve");
    }

    private void end(String user, long at) {
        revocations.add(new SessionsEnded(new UserId(user), at));
    }
}
