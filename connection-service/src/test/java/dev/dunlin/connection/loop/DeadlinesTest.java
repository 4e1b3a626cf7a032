package dev.dunlin.connection.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.ManualLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final ManualLoop loop = new ManualLoop();
    private final Deadlines deadlines = new Deadlines(loop, Duration.ofSeconds(10));

    @Test
    void futureFailsWhenItsTimeIsOverAndNotBefore() {
        CompletableFuture<String> late = watched();
        pass(5);
        CompletableFuture<String> younger = watched();
        pass(5);
        assertThat(late).isNotDone();
        pass(1);
        assertThat(late).isCompletedExceptionally();

        pass(4);
        assertThat(younger).isNotDone();
        pass(1);
        assertThat(younger).isCompletedExceptionally();
    }

    @Test
    void futureThatIsDoneStaysAsItIs() {
        CompletableFuture<String> done = watched();
        done.complete("in time");

        pass(20);

        assertThat(done).isCompletedWithValue("in time");
    }

    @Test
    void laterFuturesAreWatchedAfterAQuietTime() {
        watched().complete("in time");
        pass(30);

        CompletableFuture<String> late = watched();
        pass(12);

        assertThat(late).isCompletedExceptionally();
    }

    private CompletableFuture<String> watched() {
        CompletableFuture<String> future = new CompletableFuture<>();
        deadlines.watch(future, "it");
        return future;
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            loop.pass(Duration.ofSeconds(1));
        }
    }
}
