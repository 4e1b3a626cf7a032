package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.push.decision.Content;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.schedule.Dispatcher;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a place at a provider. */
class DispatcherLineIT {
    private final DispatcherWorld world;

    DispatcherLineIT() throws IOException, SQLException {
        this.world = new DispatcherWorld("push_line");
    }

    @AfterEach
    void stop() throws InterruptedException {
        world.stop();
    }

    @Test
    void aProviderThatHangsHoldsNobodyElsesPlace() throws InterruptedException {
        int many = 3 * DispatcherWorld.IN_HAND;
        for (int i = 0; i < many; i++) {
            world.waiting("hang" + i, "https://dead.example/" + i, 1);
        }
        Dispatcher dispatcher = world.dispatcher();
        assertThat(dispatcher.round()).isLessThan(DispatcherWorld.IN_HAND);
        for (int i = 0; i < 20; i++) {
            world.waiting("quick" + i, "https://fine.example/" + i, 1);
        }
        await().atMost(DispatcherWorld.SOON).until(() -> {
            dispatcher.round();
            return world.sent.stream().filter(one -> one.startsWith("quick")).count() == 20;
        });
        assertThat(world.pending.nextDue(Set.of()))
                .as("the rest was not touched")
                .hasValue(DispatcherWorld.NOW);
        world.hanging.countDown();
        await().atMost(DispatcherWorld.SOON).until(() -> {
            dispatcher.round();
            return world.sent.size() == 20 + many;
        });
    }

    @Test
    void theLoopWakesUpWhenAProviderHasRoomAgain() throws InterruptedException {
        for (int i = 0; i < DispatcherWorld.IN_HAND; i++) {
            world.waiting("hang" + i, "https://dead.example/" + i, 1);
        }
        Dispatcher dispatcher = world.dispatcher();
        assertThat(dispatcher.round()).isPositive();
        assertThat(dispatcher.round()).isZero();
        world.hanging.countDown();
        Instant begin = Instant.now();
        dispatcher.sleep(DispatcherWorld.SOON);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(DispatcherWorld.SOON);
        assertThat(dispatcher.round()).isPositive();
    }

    @Test
    void whatWaitedForTooLongIsPlannedAgain() throws InterruptedException {
        for (int i = 0; i < DispatcherWorld.PLACES; i++) {
            world.waiting("hang" + i, "https://dead.example/" + i, 1);
        }
        world.waiting("late", "https://dead.example/late", 1, 2);
        Dispatcher dispatcher = world.dispatcher();
        assertThat(dispatcher.round()).isEqualTo(DispatcherWorld.PLACES + 1);
        world.contents.put(2L, new Content.Unreadable(Reason.DELETED));
        world.clock.advance(Duration.ofSeconds(6));
        world.hanging.countDown();
        assertThat(dispatcher.drain(DispatcherWorld.SOON)).isTrue();
        world.clock.advance(Duration.ofSeconds(1));
        world.run(dispatcher);
        assertThat(world.sent).contains("late 1 of 2").doesNotContain("late 2 of 2");
    }
}
