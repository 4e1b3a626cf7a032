package dev.dunlin.checker.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration LENGTH = Duration.ofMinutes(2);

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(Schedule.of(42, Fault.all(), LENGTH, 2)).isEqualTo(Schedule.of(42, Fault.all(), LENGTH, 2));
    }

    @Test
    void anotherSeedGivesAnother() {
        assertThat(Schedule.of(42, Fault.all(), LENGTH, 2)).isNotEqualTo(Schedule.of(43, Fault.all(), LENGTH, 2));
    }

    @Test
    void twoMinutesAreEnoughForEveryFault() {
        LongStream.range(0, 50)
                .forEach(seed -> assertThat(Schedule.of(seed, Fault.all(), LENGTH, 2))
                        .as("seed %d", seed)
                        .extracting(Strike::fault)
                        .containsAll(Fault.all()));
    }

    @Test
    void nothingStartsAfterTheEndAndNoPauseIsLongerThanFifteenSeconds() {
        LongStream.range(0, 50)
                .forEach(seed -> assertThat(Schedule.of(seed, Fault.all(), LENGTH, 2))
                        .allSatisfy(strike -> {
                            assertThat(strike.at()).isLessThan(LENGTH);
                            assertThat(strike.pause()).isBetween(Duration.ZERO, Duration.ofSeconds(15));
                            assertThat(strike.pause().isZero())
                                    .isEqualTo(
                                            switch (strike.fault().blow()) {
                                                case STOP -> false;
                                                case REMOVE -> strike.copy() % 2 == 1;
                                                case KILL, RESTART -> true;
                                            });
                        }));
    }

    @Test
    void bothOfAPairAreHitAtTimes() {
        assertThat(Schedule.of(1, Fault.parse("connection,message"), LENGTH, 2)).anyMatch(Strike::both);
    }

    @Test
    void noFaultsMakeNoSchedule() {
        assertThat(Schedule.of(42, List.of(), LENGTH, 2)).isEmpty();
    }

    @Test
    void partsOfNamesStandForAllThatHaveThem() {
        assertThat(Fault.parse("all")).hasSize(16);
        assertThat(Fault.parse("none")).isEmpty();
        assertThat(Fault.parse("kill")).hasSize(5);
        assertThat(Fault.parse("kill-connection,stop-message"))
                .containsExactly(new Fault(Blow.KILL, Target.CONNECTION), new Fault(Blow.STOP, Target.MESSAGE));
        assertThat(Fault.parse("kill-postgres")).isEqualTo(Fault.parse("kill-store"));
        assertThat(Fault.parse("redis,kill-redis")).hasSize(4);
        assertThat(Fault.parse("remove")).containsExactly(new Fault(Blow.REMOVE, Target.REDIS));
    }

    @Test
    void aNameThatIsNoneIsRefusedWithTheNames() {
        assertThatThrownBy(() -> Fault.parse("kill-gateway"))
                .hasMessageStartingWith("--nemesis kill-gateway: it is all, none, or some of kill-connection,");
    }
}
