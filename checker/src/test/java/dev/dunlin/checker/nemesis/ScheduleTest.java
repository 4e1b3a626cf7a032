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
    void nothingStartsAfterTheEndAndOnlyAnOutageIsLongerThanFifteenSeconds() {
        LongStream.range(0, 50)
                .forEach(seed -> assertThat(Schedule.of(seed, Fault.all(), LENGTH, 2))
                        .allSatisfy(strike -> {
                            assertThat(strike.at()).isLessThan(LENGTH);
                            assertThat(strike.pause())
                                    .isBetween(
                                            Duration.ZERO,
                                            strike.fault().blow() == Blow.OUTAGE
                                                    ? Schedule.OUTAGE
                                                    : Duration.ofSeconds(15));
                            assertThat(strike.pause().isZero())
                                    .isEqualTo(
                                            switch (strike.fault().blow()) {
                                                case STOP, OUTAGE, THROTTLE, FAIL, HANG -> false;
                                                case REMOVE -> strike.copy() % 2 == 1;
                                                case KILL, RESTART, FLUSH -> true;
                                            });
                        }));
    }

    @Test
    void bothOfAPairAreHitAtTimes() {
        assertThat(Schedule.of(1, Fault.parse("connection,message"), LENGTH, 2)).anyMatch(Strike::both);
    }

    @Test
    void nothingElseHitsKafkaDuringAnOutageUnlessThereIsNothingElse() {
        LongStream.range(0, 50).forEach(seed -> {
            List<Strike> strikes = Schedule.of(seed, Fault.all(), LENGTH, 2);
            strikes.stream()
                    .filter(strike -> strike.fault().blow() == Blow.OUTAGE)
                    .forEach(outage -> assertThat(strikes)
                            .as("seed %d", seed)
                            .filteredOn(other -> other.fault().target() == Target.KAFKA)
                            .noneMatch(other -> other.at().compareTo(outage.at()) > 0
                                    && other.at().compareTo(outage.end()) < 0));
        });
    }

    @Test
    void outagesFollowEachOther() {
        List<Strike> strikes = Schedule.of(1, Fault.parse("outage-kafka"), LENGTH, 2);
        assertThat(strikes).hasSizeGreaterThan(2);
        for (int i = 1; i < strikes.size(); i++) {
            assertThat(strikes.get(i).at()).isGreaterThan(strikes.get(i - 1).end());
        }
    }

    @Test
    void flushAndOutageAreOfOneKindOfProcess() {
        assertThat(Fault.parse("flush")).containsExactly(new Fault(Blow.FLUSH, Target.REDIS));
        assertThat(Fault.parse("outage")).containsExactly(new Fault(Blow.OUTAGE, Target.KAFKA));
    }

    @Test
    void noFaultsMakeNoSchedule() {
        assertThat(Schedule.of(42, List.of(), LENGTH, 2)).isEmpty();
    }

    @Test
    void partsOfNamesStandForAllThatHaveThem() {
        assertThat(Fault.parse("all")).hasSize(27);
        assertThat(Fault.parse("none")).isEmpty();
        assertThat(Fault.parse("kill")).hasSize(7);
        assertThat(Fault.parse("kill-connection,stop-message"))
                .containsExactly(new Fault(Blow.KILL, Target.CONNECTION), new Fault(Blow.STOP, Target.MESSAGE));
        assertThat(Fault.parse("kill-postgres")).isEqualTo(Fault.parse("kill-store"));
        assertThat(Fault.parse("redis,kill-redis")).hasSize(5);
        assertThat(Fault.parse("remove")).containsExactly(new Fault(Blow.REMOVE, Target.REDIS));
    }

    @Test
    void theProviderOfNotificationsHasFaultsThatNoProcessHas() {
        assertThat(Fault.parse("push-429,push-500,push-hang"))
                .containsExactly(
                        new Fault(Blow.THROTTLE, Target.PROVIDER),
                        new Fault(Blow.FAIL, Target.PROVIDER),
                        new Fault(Blow.HANG, Target.PROVIDER));
        assertThat(Fault.parse("provider")).containsExactlyElementsOf(Fault.parse("push-429,push-500,push-hang"));
        assertThat(Fault.parse("push"))
                .extracting(Fault::text)
                .containsExactlyInAnyOrder(
                        "kill-push", "stop-push", "restart-push", "push-429", "push-500", "push-hang");
        assertThatThrownBy(() -> Fault.parse("kill-provider")).hasMessageStartingWith("--nemesis kill-provider: ");
    }

    @Test
    void aNameThatIsNoneIsRefusedWithTheNames() {
        assertThatThrownBy(() -> Fault.parse("kill-gateway"))
                .hasMessageStartingWith("--nemesis kill-gateway: it is all, none, or some of kill-connection,");
    }
}
