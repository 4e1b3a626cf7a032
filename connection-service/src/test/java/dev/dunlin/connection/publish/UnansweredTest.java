package dev.dunlin.connection.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos(); // nanoTime may overflow
    private int refusals;
    private final Unanswered unanswered = new Unanswered(2, () -> nanos, () -> refusals++);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private Duration pauseAsked() {
        Refusal refusal = unanswered.take().orElseThrow();
        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        return Optional.ofNullable(refusal.retryAfter()).orElseThrow();
    }

    @Test
    void aReplyMakesRoomForOneMore() {
        assertThat(unanswered.take()).isEmpty();
        assertThat(unanswered.take()).isEmpty();
        assertThat(unanswered.take()).isPresent();
        unanswered.answered();
        assertThat(unanswered.take()).isEmpty();
        assertThat(unanswered.take()).isPresent();
        assertThat(refusals).isEqualTo(2);
        assertThat(unanswered.size()).isEqualTo(2);
    }

    @Test
    void whatWasNotAppendedMakesRoom() {
        assertThat(unanswered.take()).isEmpty();
        assertThat(unanswered.take()).isEmpty();
        unanswered.withdrawn();
        assertThat(unanswered.take()).isEmpty();
    }

    @Test
    void thePauseIsAsLongAsTheOldestHasWaited() {
        assertThat(unanswered.take()).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(unanswered.take()).isEmpty();
        assertThat(pauseAsked()).isEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(20));
        assertThat(pauseAsked()).isEqualTo(Duration.ofSeconds(5));
        unanswered.answered();
        assertThat(unanswered.take()).isEmpty();
        unanswered.answered();
        assertThat(unanswered.take()).isEmpty();
        assertThat(pauseAsked()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void lostRepliesAreForgottenOneSecondAfterTheOther() {
        assertThat(unanswered.take()).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(unanswered.take()).isEmpty();
        pass(Duration.ofSeconds(21));
        assertThat(unanswered.size()).isEqualTo(1);
        pass(Duration.ofSeconds(10));
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void repliesThatNobodyWaitsForCountForNothing() {
        unanswered.answered();
        unanswered.withdrawn();
        assertThat(unanswered.size()).isZero();
        assertThat(unanswered.take()).isEmpty();
        unanswered.answered();
        unanswered.answered();
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> new Unanswered(0, () -> 0, () -> {}))
                .hasMessageContaining("dunlin.publish.unanswered");
    }
}
