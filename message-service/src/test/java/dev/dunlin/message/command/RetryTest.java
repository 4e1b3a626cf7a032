package dev.dunlin.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final Retry retry = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void whatFailsIsTriedUntilItWorks() {
        assertThat(retry.until(
                        "trying",
                        StoreFailure.class::isInstance,
                        this::worksTheSixthTime,
                        why -> failures.incrementAndGet()))
                .isEqualTo("done");
        assertThat(failures).hasValue(5);
    }

    @Test
    void whoeverTriesGivesUpWhenTheProcessStops() {
        retry.stop();

        assertThatThrownBy(() -> retry.until(
                        "trying",
                        StoreFailure.class::isInstance,
                        this::worksTheSixthTime,
                        why -> failures.incrementAndGet()))
                .isInstanceOf(Retry.Stopped.class);
        assertThat(failures).hasValue(1);
    }

    @Test
    void whatDoesNotPassIsThrownAtOnce() {
        assertThatThrownBy(() -> retry.until(
                        "trying",
                        StaleLog.class::isInstance,
                        this::worksTheSixthTime,
                        why -> failures.incrementAndGet()))
                .isInstanceOf(StoreFailure.class);
        assertThat(failures).hasValue(0);
    }

    private String worksTheSixthTime() {
        if (failures.get() < 5) {
            throw new StoreFailure("away", new IllegalStateException());
        }
        return "done";
    }
}
