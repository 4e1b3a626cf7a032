package dev.dunlin.checker.verdict;

import static dev.dunlin.checker.verdict.Tale.ALICE;
import static dev.dunlin.checker.verdict.Tale.BOB;
import static dev.dunlin.checker.verdict.Tale.ROOM;
import static dev.dunlin.checker.verdict.Tale.message;
import static dev.dunlin.checker.verdict.Tale.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.Observer.View;
import dev.dunlin.checker.history.Step;
import dev.dunlin.protocol.Epoch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each promise is broken by hand, and it is that column that says so. */
class CheckerTest {
    @Nested
    class AnHonestSuiteIsFoundClean {
        @Test
        void whenEverybodySawEverything() {
            clean(Tale.of(5).shown(message(1, 5)));
        }

        @Test
        void whenAResumeSaidThatItIsNotWhole() {
            clean(Tale.of(5)
                    .watchedBy(seen(message(1)), new Step.Resumed(0, false), new Step.Gap(0, 2, 4), seen(message(5))));
        }

        @Test
        void whenAListenerBeganLate() {
            clean(Tale.of(5).watchedBy(new Step.Started(0, null, 3), seen(message(4)), seen(message(5))));
        }

        @Test
        void whenAListenerReadEverythingAgain() {
            clean(Tale.of(3)
                    .watchedBy(
                            seen(message(1)),
                            seen(message(2)),
                            new Step.Started(0, null, 0),
                            seen(message(1)),
                            seen(message(2)),
                            seen(message(3))));
        }

        @Test
        void whenAListenerLeftBeforeTheEnd() {
            clean(Tale.of(5).watched(View.LIVE, false, seen(message(1))));
        }

        @Test
        void whenAMessageOfUnknownFateIsThereOrNot() {
            clean(Tale.of(3).unknown("m4").unknown("m5").log(message(1, 4)).shown(message(1, 4)));
        }

        @Test
        void whenARefusedMessageIsNotThere() {
            clean(Tale.of(3).refused("m4").shown(message(1, 3)));
        }

        @Test
        void whenARepeatedPublishIsAckedAsBefore() {
            clean(Tale.of(3).publish(ALICE, "m2", new Answer.Acked(2)).shown(message(1, 3)));
        }

        @Test
        void whenTwoUsersUseTheSameId() {
            Event his = message(4, "m1", BOB, "says m1");
            clean(Tale.of(3)
                    .publish(BOB, "m1", new Answer.Acked(4))
                    .log(with(message(1, 3), his))
                    .shown(with(message(1, 3), his)));
        }
    }

    @Nested
    class HeardAfterRemoval {
        private static final Duration REMOVED = Duration.ofSeconds(10);
        private static final Duration ADDED = Duration.ofSeconds(30);
        private static final Duration LATE = REMOVED.plus(RemovalRules.WITHIN).plusMillis(1);

        @Test
        void whatIsSentLaterThanARemovalMayTake() {
            found(removed().overheard(BOB, LATE, LATE.plusMillis(3)), Promise.HEARD_AFTER_REMOVAL);
        }

        @Test
        void butNotWhatWasSentBeforeAndWaitedInAStoppedProcess() {
            clean(removed().overheard(BOB, REMOVED, Duration.ofSeconds(25)));
        }

        @Test
        void norWhatAnotherMemberReceives() {
            clean(removed().overheard(ALICE, LATE, LATE.plusMillis(3)));
        }

        @Test
        void norTheHistoryThatTheMemberReadsWhenAddedAgain() {
            clean(removed().overheard(BOB, LATE, ADDED.plusMillis(1)));
        }

        private static Tale removed() {
            return Tale.of(2).shown(message(1, 2)).bobRemoved(REMOVED, ADDED);
        }
    }

    @Nested
    class LostAckedEvents {
        @Test
        void anAckedMessageThatIsNotInTheLog() {
            found(Tale.of(3).publish(ALICE, "m4", new Answer.Acked(4)).shown(message(1, 3)), Promise.LOST);
        }

        @Test
        void anAckedMessageThatIsNotInTheMessageHistory() {
            found(Tale.of(3).messageHistory(List.of(message(1), message(3))).shown(message(1, 3)), Promise.LOST);
        }

        @Test
        void theNewestMessageThatAListenerWasNeverShown() {
            found(Tale.of(3).shown(message(1, 2)), Promise.LOST);
        }

        @Test
        void aListenerThatNeverCameToListen() {
            found(Tale.of(3).watchedByNobody(), Promise.LOST);
        }

        @Test
        void aMessageThatWasShownAndIsGoneFromTheEndOfTheLog() {
            found(Tale.of(3).unknown("m4").shown(message(1, 4)), Promise.LOST);
        }

        @Test
        void aLogThatWasBegunAgain() {
            found(Tale.of(1).watchedBy(seen(message(1)), new Step.OtherEpoch(0, new Epoch("e2"))), Promise.LOST);
        }
    }

    @Nested
    class Duplicates {
        @Test
        void oneIdWithTwoSeqsInTheLog() {
            List<Event> twice = with(message(1, 3), message(4, "m2", ALICE, "says m2"));
            found(Tale.of(3).log(twice).shown(twice), Promise.DUPLICATE);
        }

        @Test
        void oneSeqShownTwice() {
            found(Tale.of(3).shown(List.of(message(1), message(2), message(2), message(3))), Promise.DUPLICATE);
        }

        @Test
        void anEventFromBeforeThePositionThatWasAskedFor() {
            found(
                    Tale.of(3).watchedBy(new Step.Started(0, null, 2), seen(message(2)), seen(message(3))),
                    Promise.DUPLICATE);
        }

        @Test
        void twoAcksWithDifferentSeqs() {
            found(
                    Tale.of(3).publish(ALICE, "m2", new Answer.Acked(3)).shown(message(1, 3)),
                    Promise.DUPLICATE,
                    Promise.TWO_ON_ONE_SEQ);
        }

        @Test
        void aPageWithOneEventTwice() {
            found(Tale.of(2).log(List.of(message(1), message(2), message(2))).shown(message(1, 2)), Promise.DUPLICATE);
        }
    }

    @Nested
    class Reordering {
        @Test
        void aLaterEventFirst() {
            found(Tale.of(3).shown(List.of(message(1), message(3), message(2))), Promise.REORDERED);
        }

        @Test
        void aPageOutOfOrder() {
            found(Tale.of(3).log(List.of(message(1), message(3), message(2))).shown(message(1, 3)), Promise.REORDERED);
        }

        @Test
        void aSmallerSeqForWhatWasBegunLater() {
            Tale tale = new Tale()
                    .publish(ALICE, "m2", new Answer.Acked(2))
                    .publish(ALICE, "m1", new Answer.Acked(1))
                    .log(message(1, 2));
            found(tale.shown(message(1, 2)), Promise.REORDERED);
        }
    }

    @Nested
    class Holes {
        @Test
        void aSeqThatTheLogHasNot() {
            List<Event> holed = List.of(message(1), message(2), message(4));
            found(
                    Tale.of(2)
                            .publish(ALICE, "m4", new Answer.Acked(4))
                            .log(holed)
                            .shown(holed),
                    Promise.HOLE);
        }

        @Test
        void aHeadBeyondTheLog() {
            found(Tale.of(3).head(4).shown(message(1, 3)), Promise.HOLE);
        }

        @Test
        void anEventThatAListenerSkippedWithoutBeingTold() {
            found(
                    Tale.of(1).unknown("m2").unknown("m3").log(message(1, 3)).shown(List.of(message(1), message(3))),
                    Promise.HOLE);
        }

        @Test
        void anAckedEventThatAListenerSkippedIsLostToo() {
            found(Tale.of(3).shown(List.of(message(1), message(3))), Promise.HOLE, Promise.LOST);
        }

        @Test
        void aResumeThatSaysItIsWholeAndIsNot() {
            found(
                    Tale.of(1)
                            .unknown("m2")
                            .unknown("m3")
                            .log(message(1, 3))
                            .watchedBy(seen(message(1)), new Step.Resumed(0, true), seen(message(3))),
                    Promise.HOLE);
        }

        @Test
        void aSkipOnTheWayToTheEndOfAnEarlierStretch() {
            found(
                    Tale.of(1)
                            .unknown("m2")
                            .unknown("m3")
                            .log(message(1, 3))
                            .watchedBy(
                                    seen(message(1)),
                                    seen(message(3)),
                                    new Step.Started(0, null, 0),
                                    seen(message(1)),
                                    seen(message(2)),
                                    seen(message(3))),
                    Promise.HOLE);
        }
    }

    @Nested
    class TwoEventsOnOneSeq {
        @Test
        void aListenerThatWasShownAnotherEventThere() {
            Event other = message(3, "m4", ALICE, "says m4");
            found(Tale.of(3).unknown("m4").shown(with(message(1, 2), other)), Promise.TWO_ON_ONE_SEQ);
        }

        @Test
        void anAckThatNamesTheSeqOfAnother() {
            Tale tale = Tale.of(2).publish(ALICE, "m4", new Answer.Acked(3)).unknown("m3");
            List<Event> log = List.of(message(1), message(2), message(3), message(4));
            found(tale.log(log).shown(log), Promise.TWO_ON_ONE_SEQ);
        }

        @Test
        void twoMessagesThatWereAckedUnderOneSeq() {
            Tale tale = Tale.of(3).publish(ALICE, "m4", new Answer.Acked(3)).log(message(1, 4));
            found(tale.shown(message(1, 4)), Promise.TWO_ON_ONE_SEQ, Promise.REORDERED);
        }

        @Test
        void theTwoViewsOfTheLogThatDisagree() {
            Event other = message(3, "m4", ALICE, "says m4");
            found(
                    Tale.of(3)
                            .unknown("m4")
                            .messageHistory(with(message(1, 2), other))
                            .shown(message(1, 3)),
                    Promise.TWO_ON_ONE_SEQ);
        }
    }

    @Nested
    class WrongSender {
        @Test
        void anEventFromSomebodyWhoDidNotPublishIt() {
            found(Tale.of(3).shown(with(message(1, 2), message(3, "m3", BOB, "says m3"))), Promise.WRONG_SENDER);
        }

        @Test
        void anEventWithTheContentOfAnother() {
            found(Tale.of(3).shown(with(message(1, 2), message(3, "m3", ALICE, "says m1"))), Promise.WRONG_SENDER);
        }
    }

    @Nested
    class ChangedContent {
        @Test
        void anEventThatSaysWhatNobodySaid() {
            found(
                    Tale.of(3).shown(with(message(1, 2), message(3, "m3", ALICE, "says nothing"))),
                    Promise.CHANGED_CONTENT);
        }

        @Test
        void anEventWithTwoTimes() {
            Event later = new Event(ROOM, 3, Event.MESSAGE, message(3).id(), ALICE, 2_000, "says m3");
            found(Tale.of(3).shown(with(message(1, 2), later)), Promise.CHANGED_CONTENT);
        }
    }

    @Nested
    class PhantomEvents {
        @Test
        void anEventThatNobodyPublished() {
            List<Event> log = with(message(1, 3), message(4));
            found(Tale.of(3).log(log).shown(log), Promise.PHANTOM);
        }

        @Test
        void aRefusedMessageThatIsThereAfterAll() {
            found(Tale.of(3).refused("m4").log(message(1, 4)).shown(message(1, 4)), Promise.PHANTOM);
        }

        @Test
        void anEventOfAKindThatNobodyDid() {
            Event left = new Event(ROOM, 4, "MemberLeft", null, BOB, 1_000, "");
            List<Event> log = with(message(1, 3), left);
            found(Tale.of(3).log(log).messageHistory(message(1, 3)).shown(log), Promise.PHANTOM);
        }
    }

    @Test
    void onlyMessagesAreExpectedOfAViewOfMessages() {
        Event left = new Event(ROOM, 2, "MemberLeft", null, BOB, 1_000, "");
        Tale tale = new Tale()
                .publish(ALICE, "m1", new Answer.Acked(1))
                .publish(ALICE, "m3", new Answer.Acked(3))
                .log(List.of(message(1), left, message(3)))
                .messageHistory(List.of(message(1), message(3)));
        found(tale.watched(View.MESSAGES, true, seen(message(1)), seen(message(3))), Promise.PHANTOM);
    }

    private static void clean(Tale tale) {
        assertThat(tale.verdict().violations()).isEmpty();
    }

    private static void found(Tale tale, Promise... expected) {
        Set<Promise> broken =
                tale.verdict().violations().stream().map(Violation::promise).collect(Collectors.toSet());
        assertThat(broken).as("%s", tale.verdict().violations()).isEqualTo(EnumSet.copyOf(Arrays.asList(expected)));
    }

    private static List<Event> with(List<Event> events, Event last) {
        return Stream.concat(events.stream(), Stream.of(last)).collect(Collectors.toCollection(ArrayList::new));
    }
}
