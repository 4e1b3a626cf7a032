package dev.dunlin.connection.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.presence.ShardPosition.Step;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardPositionTest {
    private static final List<UserPresence> CHANGES =
            List.of(new UserPresence(new UserId("alice"), Status.ONLINE, null));

    private final ShardPosition position = new ShardPosition();

    @BeforeEach
    void theFirstBatchSetsThePosition() {
        assertThat(position.take(new PresenceBatch(7, 20, CHANGES))).isEqualTo(Step.NEXT);
    }

    @Test
    void nextNumberIsNext() {
        assertThat(position.take(new PresenceBatch(7, 21, CHANGES))).isEqualTo(Step.NEXT);
        assertThat(position.take(new PresenceBatch(7, 22, CHANGES))).isEqualTo(Step.NEXT);
    }

    @Test
    void repeatedNumberWithoutChangesLostNothing() {
        assertThat(position.take(new PresenceBatch(7, 20, List.of()))).isEqualTo(Step.NEXT);
        assertThat(position.take(new PresenceBatch(7, 21, CHANGES))).isEqualTo(Step.NEXT);
    }

    @Test
    void repeatedNumberWithChangesIsSuspect() {
        assertThat(position.take(new PresenceBatch(7, 20, CHANGES))).isEqualTo(Step.LOST);
    }

    @Test
    void holeIsFoundByChangesAndByRepeatedNumbers() {
        assertThat(position.take(new PresenceBatch(7, 22, CHANGES))).isEqualTo(Step.LOST);
        assertThat(position.take(new PresenceBatch(7, 22, List.of()))).isEqualTo(Step.NEXT);
        assertThat(position.take(new PresenceBatch(7, 25, List.of()))).isEqualTo(Step.LOST);
        assertThat(position.take(new PresenceBatch(7, 25, List.of()))).isEqualTo(Step.NEXT);
    }

    @Test
    void repeatedNumberThatIsTheNextOneShowsThatTheLastChangesWereLost() {
        assertThat(position.take(new PresenceBatch(7, 21, List.of()))).isEqualTo(Step.LOST);
    }

    @Test
    void laterOwnerBeginsAnewAndTheEarlierOneIsOutOfDate() {
        assertThat(position.take(new PresenceBatch(8, 1, CHANGES))).isEqualTo(Step.LOST);
        assertThat(position.take(new PresenceBatch(7, 21, CHANGES))).isEqualTo(Step.OUT_OF_DATE);
        assertThat(position.take(new PresenceBatch(8, 2, CHANGES))).isEqualTo(Step.NEXT);
    }
}
