package dev.dunlin.push.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.HandClock;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.provider.Providers.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedProvidersTest {
    private static final String HOOK = "https://hooks.example";
    private static final Outcome DELIVERED = new Outcome.Delivered();
    private static final Outcome FAILED = new Outcome.TryLater("status 500", Optional.empty(), true);

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final GuardedProviders providers =
            new GuardedProviders(new ProviderLimits(3, 2, 5, 4), clock, new Random(1));

    @Test
    void eachOriginHasItsOwnPlaces() {
        assertThat(IntStream.range(0, 3).mapToObj(_ -> providers.enter("apns"))).allMatch(Optional::isPresent);
        assertThat(providers.enter("apns")).isEmpty();
        assertThat(providers.closed()).containsExactly("apns");
        assertThat(providers.closedUntil("apns")).isEmpty();
        assertThat(providers.enter("apns-sandbox")).isPresent();
        assertThat(providers.enter(HOOK)).isPresent();
        assertThat(providers.enter(HOOK)).isPresent();
        assertThat(providers.enter(HOOK)).isEmpty();
        assertThat(providers.closed()).containsExactlyInAnyOrder("apns", HOOK);
        assertThat(providers.leftAlone()).isEmpty();
        assertThat(providers.taken("apns")).isEqualTo(3);
        assertThat(providers.taken("endpoint")).isEqualTo(2);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Place first = enter(HOOK);
        Place second = enter(HOOK);
        first.leave(DELIVERED);
        first.leave(DELIVERED);
        enter(HOOK);
        assertThat(providers.enter(HOOK)).isEmpty();
        second.leave(DELIVERED);
        assertThat(providers.enter(HOOK)).isPresent();
    }

    @Test
    void aPlaceThatWasNotUsedSaysNothingOfTheProvider() {
        fail("apns", 4);
        enter("apns").leaveUnused();
        fail("apns", 1);
        clock.advance(pause("apns"));
        Place trial = enter("apns");
        assertThat(providers.enter("apns")).isEmpty();
        trial.leaveUnused();
        trial.leaveUnused();
        assertThat(providers.taken("apns")).isZero();
        assertThat(providers.open("apns")).isZero();
        enter("apns");
        assertThat(providers.enter("apns"))
                .as("it is still to be tried by one delivery")
                .isEmpty();
    }

    @Test
    void fiveFailuresInARowLeaveItAloneForAboutASecond() {
        fail("apns", 4);
        deliver("apns", DELIVERED);
        fail("apns", 4);
        assertThat(providers.closed()).isEmpty();
        fail("apns", 1);
        assertThat(providers.closed()).containsExactly("apns");
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
        assertThat(providers.closed()).isEmpty();
        Place trial = enter("apns");
        assertThat(providers.enter("apns")).isEmpty();
        assertThat(providers.closed()).containsExactly("apns");
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
        assertThat(providers.closed()).isEmpty();
        fail("apns", 1);
        clock.advance(pause("apns"));
        deliver("apns", answer);
        assertThat(providers.closed()).isEmpty();
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
        assertThat(providers.closed()).isEmpty();
    }

    @Test
    void whatIsIdleIsForgottenAndWhatFailedIsBounded() {
        deliver(HOOK, DELIVERED);
        assertThat(providers.remembered()).isZero();
        fail("https://0.example", 5);
        Place busy = enter("https://busy.example");
        for (int i = 1; i < 50; i++) {
            fail("https://" + i + ".example", 1);
            assertThat(providers.remembered()).isLessThanOrEqualTo(4);
        }
        assertThat(providers.closed()).isEmpty();
        assertThat(providers.taken("endpoint")).isEqualTo(1);
        busy.leave(DELIVERED);
        assertThat(providers.taken("endpoint")).isZero();
    }

    @Test
    void manyThreadsNeverHaveMorePlacesThanThereAreAndLeaveNothingBehind() throws Exception {
        List<String> origins = List.of("https://one.example", "https://two.example", HOOK);
        List<AtomicInteger> inside =
                origins.stream().map(_ -> new AtomicInteger()).toList();
        GuardedProviders shared = new GuardedProviders(new ProviderLimits(3, 2, 5, 100), clock, new Random(2));
        record Held(int origin, Place place) {}
        Callable<Integer> worker = () -> {
            Random random = new Random(Thread.currentThread().threadId());
            Deque<Held> held = new ArrayDeque<>();
            int tooMany = 0;
            for (int i = 0; i < 20_000; i++) {
                int origin = random.nextInt(origins.size());
                Optional<Place> place = i < 19_990 && held.size() < 2 && random.nextBoolean()
                        ? shared.enter(origins.get(origin))
                        : Optional.empty();
                if (place.isPresent()) {
                    held.add(new Held(origin, place.get()));
                    tooMany += inside.get(origin).incrementAndGet() > 2 ? 1 : 0;
                } else if (held.isEmpty()) {
                    clock.advance(Duration.ofMillis(50));
                } else {
                    Held one = held.remove();
                    inside.get(one.origin()).decrementAndGet();
                    one.place().leave(random.nextInt(3) == 0 ? DELIVERED : FAILED);
                }
            }
            return tooMany;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> workers =
                    Stream.generate(() -> worker).limit(8).toList();
            for (Future<Integer> one : threads.invokeAll(workers)) {
                assertThat(one.get()).isZero();
            }
        }
        clock.advance(Duration.ofHours(1));
        assertThat(shared.closed()).isEmpty();
        for (String origin : origins) {
            shared.enter(origin).orElseThrow().leave(DELIVERED);
        }
        assertThat(shared.remembered()).isZero();
    }

    private Place enter(String origin) {
        return providers.enter(origin).orElseThrow();
    }

    private void deliver(String origin, Outcome outcome) {
        enter(origin).leave(outcome);
    }

    private void fail(String origin, int times) {
        for (int i = 0; i < times; i++) {
            deliver(origin, FAILED);
        }
    }

    private Duration pause(String origin) {
        return Duration.between(clock.instant(), providers.closedUntil(origin).orElseThrow());
    }

    private static Outcome later(Duration after) {
        return new Outcome.TryLater("status 429", Optional.of(after), true);
    }
}
