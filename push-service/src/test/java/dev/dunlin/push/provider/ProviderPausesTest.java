package dev.dunlin.push.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.provider.Providers.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a provider is left alone, and for how long. */
class ProviderPausesTest extends GuardedProvidersWorld {
    @Test
    void nobodyStaysInTheLineOfAProviderThatIsLeftAlone() {
        List<Place> places = enter("apns", 10);
        fail(places.subList(0, 4));
        assertThat(begun).hasSize(7);
        fail(places.subList(4, 5));
        assertThat(turnedAway).isEqualTo(places.subList(7, 10));
        clock.advance(pause("apns"));
        Place trial = enter("apns");
        assertThat(begun).hasSize(8).endsWith(trial);
    }

    @Test
    void whatEnteredBeforeAPauseIsTurnedAwayInIt() {
        Place entered = prepare("apns");
        fail("apns", 5);
        start(entered);
        assertThat(turnedAway).containsExactly(entered);
        clock.advance(pause("apns"));
        deliver("apns", DELIVERED);
        assertThat(providers.remembered()).isZero();
    }

    @Test
    void aPlaceThatWasNotUsedSaysNothingOfTheProvider() {
        fail("apns", 4);
        prepare("apns").leaveUnused();
        fail("apns", 1);
        clock.advance(pause("apns"));
        Place trial = prepare("apns");
        assertThat(providers.enter("apns")).isEmpty();
        trial.leaveUnused();
        trial.leaveUnused();
        assertThat(providers.taken("apns")).isZero();
        assertThat(providers.open("apns")).isZero();
        prepare("apns");
        assertThat(providers.enter("apns"))
                .as("it is still to be tried by one delivery")
                .isEmpty();
    }

    @Test
    void fiveFailuresInARowLeaveItAloneForAboutASecond() {
        fail("apns", 4);
        deliver("apns", DELIVERED);
        fail("apns", 4);
        assertThat(withoutRoom()).isEmpty();
        fail("apns", 1);
        assertThat(withoutRoom()).containsExactly("apns");
        assertThat(providers.leftAlone()).containsExactly("apns");
        assertThat(pause("apns")).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        assertThat(providers.enter("apns")).isEmpty();
        assertThat(providers.open("apns")).isEqualTo(1);
        assertThat(providers.open("apns-sandbox")).isZero();
        assertThat(providers.enter("fcm")).isPresent();
    }

    @Test
    void afterThePauseOneDeliveryTriesIt() {
        fail("apns", 5);
        clock.advance(pause("apns"));
        assertThat(withoutRoom()).isEmpty();
        Place trial = enter("apns");
        assertThat(providers.enter("apns")).isEmpty();
        assertThat(withoutRoom()).containsExactly("apns");
        assertThat(providers.open("apns")).isEqualTo(1);
        trial.leave(DELIVERED);
        assertThat(providers.open("apns")).isZero();
        assertThat(Stream.generate(() -> providers.enter("apns")).limit(3)).allMatch(Optional::isPresent);
    }

    @Test
    void eachFailedTrialDoublesThePauseUpToAMinute() {
        fail("apns", 5);
        for (int expected : List.of(2, 4, 8, 16, 32, 60, 60)) {
            clock.advance(pause("apns"));
            deliver("apns", FAILED);
            assertThat(pause("apns"))
                    .isBetween(Duration.ofMillis(expected * 800L), Duration.ofMillis(expected * 1200L));
        }
        clock.advance(pause("apns"));
        deliver("apns", DELIVERED);
        fail("apns", 5);
        assertThat(pause("apns")).isLessThan(Duration.ofSeconds(2));
    }

    static Stream<Outcome> answers() {
        return Stream.of(
                DELIVERED,
                new Outcome.Gone("Unregistered", Optional.empty()),
                new Outcome.NotFound("status 404"),
                new Outcome.Rejected("PayloadTooLarge"),
                new Outcome.TryLater("TooManyRequests", Optional.of(Duration.ofMinutes(1)), false));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatIsAnAnswerIsNoFailureOfTheProvider(Outcome answer) {
        fail("apns", 4);
        deliver("apns", answer);
        fail("apns", 4);
        assertThat(withoutRoom()).isEmpty();
        fail("apns", 1);
        clock.advance(pause("apns"));
        deliver("apns", answer);
        assertThat(withoutRoom()).isEmpty();
        assertThat(providers.remembered()).isZero();
    }

    @Test
    void aProviderThatNamesAPauseGetsItAtOnce() {
        deliver("fcm", later(Duration.ofSeconds(90)));
        assertThat(pause("fcm")).isEqualTo(Duration.ofSeconds(90));
        clock.advance(Duration.ofSeconds(90));
        deliver("fcm", later(Duration.ofDays(3)));
        assertThat(pause("fcm")).isEqualTo(Duration.ofHours(1));
        clock.advance(Duration.ofHours(1));
        deliver("fcm", later(Duration.ZERO));
        assertThat(pause("fcm")).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void deliveriesThatWereUnderWayNeitherLengthenNorEndThePause() {
        Place slow = enter("apns");
        Place slower = enter("apns");
        fail("apns", 5);
        Duration pause = pause("apns");
        slow.leave(FAILED);
        assertThat(pause("apns")).isEqualTo(pause);
        slower.leave(DELIVERED);
        assertThat(pause("apns")).isEqualTo(pause);
        assertThat(providers.taken("apns")).isZero();
    }

    @Test
    void aPauseThatTheProviderNamesAppliesAlsoIfTheDeliveryBeganEarlier() {
        Place slow = enter("apns");
        Place slower = enter("apns");
        fail("apns", 5);
        slow.leave(later(Duration.ofMinutes(2)));
        assertThat(pause("apns")).isEqualTo(Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(2));
        deliver("apns", DELIVERED);
        slower.leave(later(Duration.ofMinutes(3)));
        assertThat(pause("apns")).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aDeliveryOfBeforeDoesNotEndTheTrial() {
        Place slow = enter("apns");
        fail("apns", 5);
        clock.advance(pause("apns"));
        Place trial = enter("apns");
        slow.leave(later(Duration.ofMinutes(2)));
        assertThat(providers.enter("apns")).isEmpty();
        trial.leave(DELIVERED);
        assertThat(withoutRoom()).isEmpty();
    }
}
