package dev.dunlin.edge.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyedRatesTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final KeyedRates<String> rates = new KeyedRates<>(1, 2, 3, () -> Instant.ofEpochMilli(now.get()));

    @Test
    void eachKeyHasItsOwn() {
        assertThat(rates.take("a")).isZero();
        assertThat(rates.take("a")).isZero();
        assertThat(rates.take("a")).isEqualTo(1_000);
        assertThat(rates.take("b")).isZero();
        now.addAndGet(1_000);
        assertThat(rates.take("a")).isZero();
    }

    @Test
    void idleKeysAreForgottenAndFurtherOnesShareOneRateWhenItIsFull() {
        for (String key : new String[] {"a", "b", "c"}) {
            assertThat(rates.take(key)).isZero();
        }
        assertThat(rates.take("d")).isZero();
        assertThat(rates.take("e")).isZero();
        assertThat(rates.take("f")).isPositive();
        assertThat(rates.take("a")).isZero();
        assertThat(rates.size()).isEqualTo(3);
        now.addAndGet(20_000);
        assertThat(rates.take("f")).isZero();
        assertThat(rates.size()).isEqualTo(1);
    }

    @Test
    void boundOfNothingIsNone() {
        assertThatThrownBy(() -> new KeyedRates<>(5, 4, 1, () -> Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
