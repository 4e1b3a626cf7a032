package dev.dunlin.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.checker.history.Disturbance.Part;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each promise on notifications is broken by hand, and it is that column that says so. */
class PushTest {
    @Nested
    class AMemberWhoStaysOffline {
        @Test
        void isNotified() {
            clean(new PushTale().message(1, 10).notified(1, 13));
            found(new PushTale().message(1, 10), Promise.NOT_NOTIFIED);
        }

        @Test
        void isNotifiedOfTheNewestMessage() {
            found(new PushTale().message(1, 10).message(2, 20).notified(1, 13), Promise.NOT_NOTIFIED);
        }

        @Test
        void isNotifiedOfManyMessagesByOneNotification() {
            clean(new PushTale().message(1, 10).message(2, 11).message(3, 12).notified(3, 15));
        }

        @Test
        void isFoundOnceForAllThatIsMissingInAChannel() {
            Verdict verdict = new PushTale().message(1, 10).message(2, 11).verdict();
            assertThat(verdict.count(Promise.NOT_NOTIFIED)).isEqualTo(1);
            assertThat(verdict.violations().getFirst().what()).contains("2 messages", "seq 1", "to 2");
        }

        @Test
        void isNotNotifiedByACallThatTheProviderRefusedOrDidNotAnswer() {
            found(new PushTale().message(1, 10).refused(1, 13, 500), Promise.NOT_NOTIFIED);
            found(new PushTale().message(1, 10).refused(1, 13, 0), Promise.NOT_NOTIFIED);
            clean(new PushTale().message(1, 10).refused(1, 13, 429).notified(1, 16));
        }

        @Test
        void isNotNotifiedByTakingANotificationAway() {
            found(new PushTale().message(1, 10).cleared(1, 13), Promise.NOT_NOTIFIED);
        }

        @Test
        void isNotNotifiedByACallFromBeforeTheMessage() {
            found(new PushTale().message(1, 10).notified(1, 9), Promise.NOT_NOTIFIED);
        }

        @Test
        void hasToWaitUntilTheTimeForThatIsOver() {
            double within = Owed.WITHIN.toSeconds();
            clean(new PushTale().message(1, 10).end(10 + within));
            found(new PushTale().message(1, 10).end(10.1 + within), Promise.NOT_NOTIFIED);
        }

        @Test
        void isNotNotifiedTooLate() {
            double within = Owed.WITHIN.toSeconds();
            clean(new PushTale().message(1, 10).notified(1, 10 + within));
            found(new PushTale().message(1, 10).notified(1, 11 + within), Promise.NOT_NOTIFIED);
        }

        @Test
        void hasToWaitThatTimeFromTheEndOfTheLastFaultOn() {
            double within = Owed.WITHIN.toSeconds();
            clean(new PushTale().message(1, 10).healed(50).end(49 + within));
            found(new PushTale().message(1, 10).healed(50).end(50 + within), Promise.NOT_NOTIFIED);
        }

        @Test
        void isNotNotifiedOfItsOwnMessageOrOfThatOfAChannelWithoutIt() {
            clean(new PushTale().messageOfBob(1, 10).messageElsewhere(1, 10));
        }

        @Test
        void neitherOfADeletedMessageNorOfOneThatItRead() {
            clean(new PushTale().message(1, 10).delete(1, 11));
            clean(new PushTale().message(1, 10).message(2, 11).read(2, 12));
            found(new PushTale().message(1, 10).message(2, 11).read(1, 12), Promise.NOT_NOTIFIED);
            found(new PushTale().message(1, 10).message(2, 11).delete(2, 12), Promise.NOT_NOTIFIED);
        }

        @Test
        void whoHasADeviceThatGoesIsNotJudged() {
            clean(new PushTale().doomed().message(1, 10));
        }

        @Test
        void isOneWhoHasNoLinkUntilTheNotificationIsDue() {
            clean(new PushTale().message(1, 10).link(20, 21));
            clean(new PushTale().message(1, 30).link(2, 25));
            found(new PushTale().message(1, 50).link(2, 25), Promise.NOT_NOTIFIED);
            found(new PushTale().message(1, 10).link(500, 501), Promise.NOT_NOTIFIED);
        }

        @Test
        void isOneWhoLeftLongBeforeWhereThereAreFaults() {
            PushTale tale = new PushTale().disturbed(Part.OTHER, 20, 40).message(1, 90);
            clean(tale.link(2, 25));
            found(new PushTale().disturbed(Part.OTHER, 20, 40).message(1, 100).link(2, 25), Promise.NOT_NOTIFIED);
        }
    }

    @Nested
    class AMemberWhoIsOnlineAndActive {
        @Test
        void isNotNotified() {
            clean(new PushTale().link(1).message(1, 100));
            found(new PushTale().link(1).message(1, 100).notified(1, 103), Promise.NOTIFIED_ONLINE);
        }

        @Test
        void isNotEvenNotifiedByACallThatFails() {
            found(new PushTale().link(1).message(1, 100).refused(1, 103, 500), Promise.NOTIFIED_ONLINE);
        }

        @Test
        void maySeeANotificationGo() {
            clean(new PushTale().link(1).message(1, 100).cleared(1, 103));
        }

        @Test
        void mayLoseItsLinkForAShortTime() {
            found(new PushTale().link(1, 90).link(95).message(1, 100).notified(1, 103), Promise.NOTIFIED_ONLINE);
        }

        @Test
        void isOfflineAfterALongTimeWithoutALink() {
            clean(new PushTale().link(1, 90).link(101).message(1, 95).notified(1, 102));
            clean(new PushTale().link(1, 90).message(1, 100).notified(1, 103));
        }

        @Test
        void mayBeTakenForOfflineForAWhileAfterThat() {
            clean(new PushTale().link(1, 90).link(101).message(1, 110).notified(1, 113));
            found(new PushTale().link(1, 90).link(101).message(1, 180).notified(1, 183), Promise.NOTIFIED_ONLINE);
        }

        @Test
        void isNotOneWhoHadNoLinkYet() {
            clean(new PushTale().link(7).message(1, 3).notified(1, 5));
            clean(new PushTale().link(7).message(1, 6).notified(1, 9));
        }

        @Test
        void isNotOneWhoseSessionIsAway() {
            clean(new PushTale().awayLink(1).message(1, 100).notified(1, 103));
        }

        @Test
        void isNotOneWhoWasOfflineWhenTheMessageWasSent() {
            clean(new PushTale().message(1, 100).link(102).notified(1, 180));
        }
    }

    @Nested
    class ADeviceThatIsGone {
        @Test
        void isNotCalledAgain() {
            clean(doomed());
            found(doomed().refused(2, 40, 410), Promise.GONE_NOTIFIED);
        }

        @Test
        void isNotCalledAgainEvenIfTheProviderAcceptsIt() {
            found(doomed().notified(2, 40), Promise.GONE_NOTIFIED);
        }

        @Test
        void mayGetWhatWasPreparedBeforeTheAnswer() {
            clean(doomed().refused(2, 17, 410));
            found(doomed().refused(2, 19, 410), Promise.GONE_NOTIFIED);
        }

        @Test
        void mayGetItLaterWhileOtherServicesDoNotAnswer() {
            clean(doomed().disturbed(Part.OTHER, 12, 20).refused(2, 40, 410));
            found(doomed().disturbed(Part.OTHER, 12, 20).refused(2, 44, 410), Promise.GONE_NOTIFIED);
        }

        @Test
        void isCalledOnceMoreAfterACrashBetweenTheAnswerAndItsRecord() {
            clean(doomed().disturbed(Part.PUSH, 12, 14).refused(2, 90, 410));
        }

        @Test
        void isCalledOnceOnlyForEachCrash() {
            found(
                    doomed().disturbed(Part.PUSH, 12, 14).refused(2, 90, 410).refused(2, 170, 410),
                    Promise.GONE_NOTIFIED);
            clean(doomed().disturbed(Part.PUSH, 12, 14)
                    .refused(2, 90, 410)
                    .disturbed(Part.PUSH, 89, 92)
                    .refused(2, 170, 410));
        }

        @Test
        void isNotCalledAgainAfterACrashLongAfterTheAnswer() {
            found(doomed().disturbed(Part.PUSH, 60, 62).refused(2, 90, 410), Promise.GONE_NOTIFIED);
        }

        @Test
        void isNotOneThatFailsForAWhile() {
            clean(new PushTale()
                    .doomed()
                    .message(1, 10)
                    .refused(1, 13, 500)
                    .refused(1, 20, 0)
                    .notified(1, 40));
        }

        /** The provider calls it gone at the 13th second. */
        private static PushTale doomed() {
            return new PushTale().doomed().message(1, 10).message(2, 30).refused(1, 13, 410);
        }
    }

    @Nested
    class ANotification {
        @Test
        void saysWhatTheMessageSaysThen() {
            clean(edited().notified(1, "new", 40));
            found(edited().notified(1, 40), Promise.STALE_NOTIFIED);
        }

        @Test
        void isNotOfADeletedMessage() {
            found(new PushTale().message(1, 10).delete(1, 11).notified(1, 40), Promise.STALE_NOTIFIED);
        }

        @Test
        void mayHaveBeenReadJustBeforeTheChange() {
            clean(edited().notified(1, 16));
            clean(new PushTale().message(1, 10).delete(1, 11).notified(1, 16));
            found(edited().notified(1, 17), Promise.STALE_NOTIFIED);
        }

        @Test
        void mayWaitForLongerWhereThereAreFaults() {
            clean(edited().disturbed(Part.OTHER, 15, 20).notified(1, 40));
            found(edited().disturbed(Part.OTHER, 15, 20).notified(1, 42), Promise.STALE_NOTIFIED);
        }

        @Test
        void isReadAgainForEachAttempt() {
            found(
                    edited().disturbed(Part.PROVIDER, 10, 30)
                            .refused(1, 13, 500)
                            .notified(1, 35),
                    Promise.STALE_NOTIFIED);
        }

        @Test
        void mayAlreadyShowAChangeThatIsNotAcknowledged() {
            clean(new PushTale().message(1, 10).unacknowledgedEdit(1, "new", 11).notified(1, "new", 40));
            clean(new PushTale().message(1, 10).unacknowledgedEdit(1, "new", 11).notified(1, 40));
        }

        @Test
        void doesNotShowAChangeBeforeItBegins() {
            found(edited().notified(1, "new", 10.5), Promise.STALE_NOTIFIED);
        }

        @Test
        void neverSaysWhatNobodyWrote() {
            found(new PushTale().message(1, 10).notified(1, "other", 12), Promise.STALE_NOTIFIED);
        }

        @Test
        void mayLeaveTheContentOut() {
            clean(edited().notified(1, null, 40));
        }

        @Test
        void ofTheSecondEditDoesNotSayTheFirst() {
            found(edited().edit(1, "newest", 20).notified(1, "new", 40), Promise.STALE_NOTIFIED);
            clean(edited().edit(1, "newest", 20).notified(1, "newest", 40));
        }

        private static PushTale edited() {
            return new PushTale().message(1, 10).edit(1, "new", 11);
        }
    }

    @Test
    void theFiguresCountWhatHappened() {
        PushFigures figures = new PushTale()
                .message(1, 10)
                .message(2, 30)
                .edit(1, "new", 11)
                .unacknowledgedEdit(2, "new", 31)
                .refused(1, 13, 500)
                .refused(1, 14, 410)
                .notified(2, 33)
                .verdict()
                .figures()
                .push();
        assertThat(figures).isEqualTo(new PushFigures(2, 1, 1, 1, 1, 2));
    }

    private static void clean(PushTale tale) {
        assertThat(tale.verdict().violations()).isEmpty();
    }

    private static void found(PushTale tale, Promise expected) {
        Set<Promise> broken =
                tale.verdict().violations().stream().map(Violation::promise).collect(Collectors.toSet());
        assertThat(broken).as("%s", tale.verdict().violations()).containsExactly(expected);
    }
}
