package dev.dunlin.checker.verdict;

import static dev.dunlin.checker.verdict.PresenceTale.ALICE;
import static dev.dunlin.checker.verdict.PresenceTale.BOB;
import static dev.dunlin.protocol.frame.Status.AWAY;
import static dev.dunlin.protocol.frame.Status.OFFLINE;
import static dev.dunlin.protocol.frame.Status.ONLINE;
import static dev.dunlin.protocol.frame.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each promise on presence is broken by hand, and it is that column that says so. */
class PresenceTest {
    @Nested
    class AtTheEnd {
        @Test
        void aUserIsWhatItsLinksAre() {
            clean(offlineBob().answer(101, ONLINE, OFFLINE));
            clean(onlineBob().answer(101, ONLINE, ONLINE));
            clean(awayBob().answer(101, ONLINE, AWAY));
        }

        @Test
        void aUserWithoutALinkIsNoGhost() {
            found(offlineBob().notice(BOB, ONLINE, 90).answer(101, ONLINE, ONLINE), Promise.WRONG_PRESENCE);
        }

        @Test
        void aUserWithALinkIsNotMissing() {
            found(onlineBob().notice(BOB, OFFLINE, 90).answer(101, ONLINE, OFFLINE), Promise.WRONG_PRESENCE);
        }

        @Test
        void aUserWhoseSessionsAreAwayIsNotOnline() {
            found(awayBob().notice(BOB, ONLINE, 90).answer(101, ONLINE, ONLINE), Promise.WRONG_PRESENCE);
        }

        @Test
        void aUserWithAnActiveSessionIsNotAway() {
            found(awayBob().link(BOB, 50).notice(BOB, AWAY, 90).answer(101, ONLINE, AWAY), Promise.WRONG_PRESENCE);
        }

        @Test
        void everyAnswerIsRightAndNotOnlyTheLast() {
            found(onlineBob().answer(101, ONLINE, OFFLINE).answer(102, ONLINE, ONLINE), Promise.WRONG_PRESENCE);
        }

        @Test
        void anEarlierAnswerMayBeWrong() {
            clean(onlineBob().answer(99, ONLINE, OFFLINE).answer(101, ONLINE, ONLINE));
        }

        @Test
        void aUserWhoseLinksJustChangedMayBeEither() {
            PresenceTale changed = PresenceTale.steady().link(BOB, 5, 90).notice(BOB, ONLINE, 5);
            clean(changed.answer(101, ONLINE, ONLINE).answer(102, ONLINE, OFFLINE));
        }

        @Test
        void noAnswerIsNotAWrongOne() {
            clean(onlineBob().noAnswer(101).answer(102, ONLINE, ONLINE));
        }

        @Test
        void unknownIsGone() {
            found(onlineBob().answer(101, ONLINE, UNKNOWN).answer(102, ONLINE, ONLINE), Promise.UNKNOWN_AT_END);
        }

        @Test
        void unknownIsAllowedBefore() {
            clean(onlineBob().answer(50, UNKNOWN, UNKNOWN).answer(101, ONLINE, ONLINE));
        }
    }

    @Nested
    class TheWatcher {
        @Test
        void whoReceivedSomethingElseLastDiffers() {
            found(onlineBob().notice(BOB, AWAY, 60).answer(101, ONLINE, ONLINE), Promise.WATCH_DIFFERS);
        }

        @Test
        void whoReceivedNothingDiffers() {
            found(PresenceTale.steady().link(BOB, 5).answer(101, ONLINE, ONLINE), Promise.WATCH_DIFFERS);
        }

        @Test
        void whoReceivedItAfterSomethingElseDoesNot() {
            clean(onlineBob().notice(BOB, OFFLINE, 60).notice(BOB, ONLINE, 61).answer(101, ONLINE, ONLINE));
        }

        @Test
        void whoReceivedUnknownLastIsStillWaiting() {
            found(onlineBob().notice(BOB, UNKNOWN, 60).answer(101, ONLINE, ONLINE), Promise.UNKNOWN_AT_END);
        }

        @Test
        void isNotComparedWhereRestGaveNoAnswer() {
            clean(onlineBob().notice(BOB, AWAY, 60).noAnswer(101));
        }
    }

    @Nested
    class AUserWhoAlwaysHasALink {
        @Test
        void isNeverOfflineOverRest() {
            found(offlineBob().answer(50, OFFLINE, OFFLINE), Promise.CALLED_OFFLINE);
        }

        @Test
        void isNeverOfflineForAWatcher() {
            found(offlineBob().notice(ALICE, OFFLINE, 50).notice(ALICE, ONLINE, 51), Promise.CALLED_OFFLINE);
        }

        @Test
        void isFoundOnceForEachTimeInWhichItWasOffline() {
            PresenceTale tale = offlineBob()
                    .answer(50, OFFLINE, OFFLINE)
                    .answer(51, OFFLINE, OFFLINE)
                    .answer(52, ONLINE, OFFLINE)
                    .answer(53, OFFLINE, OFFLINE);
            assertThat(tale.verdict().count(Promise.CALLED_OFFLINE)).isEqualTo(2);
        }

        @Test
        void mayBeUnknown() {
            clean(offlineBob().answer(50, UNKNOWN, OFFLINE));
        }

        @Test
        void mayBeOfflineBeforeEveryoneKnowsThatItIsThere() {
            clean(offlineBob().answer(1.5, OFFLINE, OFFLINE));
        }

        @Test
        void isNotOfflineAfterATimeWithoutALinkThatIsShorterThanTheGrace() {
            found(reconnects(30, 35).answer(50, OFFLINE, OFFLINE), Promise.CALLED_OFFLINE);
        }

        @Test
        void mayBeOfflineAfterATimeWithoutALinkThatIsLongerThanTheGrace() {
            clean(reconnects(30, 42).answer(41, OFFLINE, OFFLINE).answer(50, OFFLINE, OFFLINE));
        }

        @Test
        void isNotOfflineBeforeSuchATime() {
            found(reconnects(30, 42).answer(29, OFFLINE, OFFLINE), Promise.CALLED_OFFLINE);
        }

        @Test
        void isNotOfflineLongAfterSuchATime() {
            found(reconnects(5, 16).answer(95, OFFLINE, OFFLINE), Promise.CALLED_OFFLINE);
        }

        @Test
        void mayLoseOneOfTwoLinks() {
            found(reconnects(30, 50).link(ALICE, 20, 60).answer(45, OFFLINE, OFFLINE), Promise.CALLED_OFFLINE);
        }

        @Test
        void whoMayBeOfflineIsAnotherMatter() {
            clean(onlineBob().answer(50, ONLINE, OFFLINE).answer(101, ONLINE, ONLINE));
        }

        private static PresenceTale reconnects(double lost, double found) {
            return new PresenceTale().link(ALICE, 1, lost).link(ALICE, found);
        }
    }

    private static PresenceTale offlineBob() {
        return PresenceTale.steady().link(BOB, 5, 20).notice(BOB, OFFLINE, 30);
    }

    private static PresenceTale onlineBob() {
        return PresenceTale.steady().link(BOB, 5).notice(BOB, ONLINE, 5);
    }

    private static PresenceTale awayBob() {
        return PresenceTale.steady().awayLink(BOB, 5).notice(BOB, AWAY, 5);
    }

    private static void clean(PresenceTale tale) {
        assertThat(tale.verdict().violations()).isEmpty();
    }

    private static void found(PresenceTale tale, Promise... expected) {
        Set<Promise> broken =
                tale.verdict().violations().stream().map(Violation::promise).collect(Collectors.toSet());
        assertThat(broken).as("%s", tale.verdict().violations()).isEqualTo(EnumSet.copyOf(Arrays.asList(expected)));
    }
}
