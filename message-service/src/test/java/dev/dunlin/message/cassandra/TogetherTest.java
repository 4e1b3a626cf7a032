package dev.dunlin.message.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.message.command.StoreFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void eachKeyHasItsValueAndIsDoneOnce() {
        AtomicInteger done = new AtomicInteger();

        assertThat(Together.map(List.of(3, 1, 3, 2), key -> {
                    done.incrementAndGet();
                    return 10 * key;
                }))
                .containsOnlyKeys(1, 2, 3)
                .containsEntry(3, 30);
        assertThat(done).hasValue(3);
        assertThat(Together.<Integer, Integer>map(List.of(), key -> key)).isEmpty();
    }

    @Test
    void asManyAreDoneAtOnceAsIsAllowed() {
        CountDownLatch all = new CountDownLatch(Together.AT_ONCE);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Together.map(HUNDRED, key -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            all.countDown();
            await(all);
            return now.decrementAndGet();
        });

        assertThat(most).hasValue(Together.AT_ONCE);
    }

    @Test
    void theFailureIsThrownAndNoMoreIsBegun() {
        StoreFailure failure = new StoreFailure("Cassandra: away", new IllegalStateException());
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();

        assertThatThrownBy(() -> Together.map(HUNDRED, key -> {
                    started.incrementAndGet();
                    if (key == 0) {
                        throw failure;
                    }
                    await(never); // until it is interrupted
                    return key;
                }))
                .isSameAs(failure);
        // The thread of the one that failed may have taken another.
        assertThat(started.get()).isLessThanOrEqualTo(Together.AT_ONCE + 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
