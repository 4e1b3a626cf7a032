package dev.dunlin.push.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.HandClock;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.provider.Providers.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedProvidersTest {
    private static final String HOOK = "https://hooks.example";
    private static final Set<String> SERVICES = Set.of("push.example", "*.wns.example");
    private static final int LINE = 32;
    private static final Outcome DELIVERED = new Outcome.Delivered();
    private static final Outcome FAILED = new Outcome.TryLater("status 500", Optional.empty(), true);

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final GuardedProviders providers =
            new GuardedProviders(new ProviderLimits(3, 2, SERVICES, 5, 4), clock, new Random(1));

    private final List<Place> begun = new ArrayList<>();
    private final List<Place> turnedAway = new ArrayList<>();

    @Test
    void eachOriginHasItsOwnPlacesAndALine() {
        enter("apns", 3 + LINE);
        assertThat(begun).hasSize(3);
        assertThat(providers.enter("apns")).isEmpty();
        assertThat(withoutRoom()).containsExactly("apns");
        assertThat(providers.closedUntil("apns")).isEmpty();
        enter("apns-sandbox");
        enter(HOOK, 2 + LINE);
        assertThat(begun).hasSize(3 + 1 + 2);
        assertThat(providers.enter(HOOK)).isEmpty();
        assertThat(withoutRoom()).containsExactlyInAnyOrder("apns", HOOK);
        assertThat(providers.leftAlone()).isEmpty();
        assertThat(providers.taken("apns")).isEqualTo(3);
        assertThat(providers.taken("endpoint")).isEqualTo(2);
    }

    @Test
    void pushServicesHaveAsManyPlacesAsApns() {
        for (String origin : List.of("https://push.example", "https://push.example:8443", "https://a.b.wns.example")) {
            begun.clear();
            enter(origin, 4);
            assertThat(begun).as(origin).hasSize(3);
        }
        for (String origin : List.of("https://wns.example", "https://xpush.example", "https://push.example.org")) {
            begun.clear();
            enter(origin, 4);
            assertThat(begun).as(origin).hasSize(2);
        }
    }

    @Test
    void whoWaitsBeginsWhenOneBeforeItEnds() {
        List<Place> places = enter(HOOK, 5);
        assertThat(begun).containsExactly(places.get(0), places.get(1));
        places.get(1).leave(DELIVERED);
        assertThat(begun).containsExactlyElementsOf(List.of(places.get(0), places.get(1), places.get(2)));
        places.get(0).leave(DELIVERED);
        places.get(2).leave(DELIVERED);
        assertThat(begun).isEqualTo(places);
        assertThat(turnedAway).isEmpty();
    }

    @Test
    void whoWaitsForTooLongIsTurnedAway() {
        List<Place> places = enter(HOOK, 4);
        clock.advance(Duration.ofMillis(5_001));
        Place late = enter(HOOK);
        places.get(0).leave(DELIVERED);
        assertThat(turnedAway).containsExactly(places.get(2), places.get(3));
        assertThat(begun).containsExactly(places.get(0), places.get(1), late);
        places.get(1).leave(DELIVERED);
        late.leave(DELIVERED);
        assertThat(providers.remembered()).isZero();
    }

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
    void thereIsRoomAgainWhenHalfTheLineIsFree() {
        assertThat(providers.room().others()).isEqualTo(2 + LINE);
        List<Place> places = enter(HOOK, 2 + LINE / 2);
        assertThat(providers.room().known()).containsEntry(HOOK, LINE / 2);
        Place further = enter(HOOK);
        assertThat(providers.room().known()).containsEntry(HOOK, 0);
        assertThat(places.getFirst().leave(DELIVERED)).isTrue();
        assertThat(places.get(1).leave(DELIVERED)).as("only said once").isFalse();
        assertThat(providers.room().known()).containsEntry(HOOK, LINE / 2 + 1);
        assertThat(turnedAway).isEmpty();
        assertThat(begun).doesNotContain(further);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        List<Place> places = enter(HOOK, 3);
        places.get(0).leave(DELIVERED);
        places.get(0).leave(DELIVERED);
        assertThat(providers.taken("endpoint")).isEqualTo(2);
        places.get(1).leave(DELIVERED);
        places.get(2).leave(DELIVERED);
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
        assertThat(withoutRoom()).isEmpty();
        assertThat(providers.taken("endpoint")).isEqualTo(1);
        busy.leave(DELIVERED);
        assertThat(providers.taken("endpoint")).isZero();
    }

    @Test
    void manyThreadsNeverHaveMorePlacesThanThereAreAndLeaveNothingBehind() throws Exception {
        List<String> origins = List.of("https://one.example", "https://two.example", HOOK);
        List<AtomicInteger> inside =
                origins.stream().map(_ -> new AtomicInteger()).toList();
        GuardedProviders shared =
                new GuardedProviders(new ProviderLimits(3, 2, SERVICES, 5, 100), clock, new Random(2));
        record Held(int origin, Place place) {}
        Queue<Held> running = new ConcurrentLinkedQueue<>();
        AtomicInteger tooMany = new AtomicInteger();
        Callable<Integer> worker = () -> {
            Random random = new Random(Thread.currentThread().threadId());
            for (int i = 0; i < 20_000; i++) {
                int origin = random.nextInt(origins.size());
                Held one = random.nextBoolean() ? running.poll() : null;
                if (one != null) {
                    inside.get(one.origin()).decrementAndGet();
                    one.place().leave(random.nextInt(3) == 0 ? DELIVERED : FAILED);
                    continue;
                }
                Optional<Place> entered = shared.enter(origins.get(origin));
                entered.ifPresent(place -> place.start(
                        () -> {
                            tooMany.addAndGet(inside.get(origin).incrementAndGet() > 2 ? 1 : 0);
                            running.add(new Held(origin, place));
                        },
                        () -> {}));
                if (entered.isEmpty()) {
                    clock.advance(Duration.ofMillis(50));
                }
            }
            return 0;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> one :
                    threads.invokeAll(Stream.generate(() -> worker).limit(8).toList())) {
                assertThat(one.get()).isZero();
            }
        }
        assertThat(tooMany).hasValue(0);
        for (Held one = running.poll(); one != null; one = running.poll()) {
            one.place().leave(DELIVERED);
        }
        clock.advance(Duration.ofHours(1));
        assertThat(shared.leftAlone()).isEmpty();
        for (String origin : origins) {
            Place place = shared.enter(origin).orElseThrow();
            place.start(() -> begun.add(place), () -> turnedAway.add(place));
            place.leave(DELIVERED);
        }
        assertThat(begun).hasSize(origins.size());
        assertThat(shared.remembered()).isZero();
    }

    /** A place whose delivery is not started yet. */
    private Place prepare(String origin) {
        return providers.enter(origin).orElseThrow();
    }

    private void start(Place place) {
        place.start(() -> begun.add(place), () -> turnedAway.add(place));
    }

    private Place enter(String origin) {
        Place place = prepare(origin);
        start(place);
        return place;
    }

    private List<Place> enter(String origin, int times) {
        return Stream.generate(() -> enter(origin)).limit(times).toList();
    }

    private Set<String> withoutRoom() {
        return providers.room().known().entrySet().stream()
                .filter(origin -> origin.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static void fail(List<Place> places) {
        places.forEach(place -> place.leave(FAILED));
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
