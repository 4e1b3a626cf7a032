package dev.dunlin.push.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.provider.Providers.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardedProvidersTest extends GuardedProvidersWorld {
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
}
