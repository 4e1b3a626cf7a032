package dev.dunlin.push.provider;

import dev.dunlin.push.HandClock;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.provider.Providers.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Providers with few places and a clock that is set. */
abstract class GuardedProvidersWorld {

    static final String HOOK = "https://hooks.example";
    static final Set<String> SERVICES = Set.of("push.example", "*.wns.example");
    static final int LINE = 32;
    static final Outcome DELIVERED = new Outcome.Delivered();
    static final Outcome FAILED = new Outcome.TryLater("status 500", Optional.empty(), true);

    final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    final GuardedProviders providers =
            new GuardedProviders(new ProviderLimits(3, 2, SERVICES, 5, 4), clock, new Random(1));

    final List<Place> begun = new ArrayList<>();
    final List<Place> turnedAway = new ArrayList<>();

    /** A place whose delivery is not started yet. */
    Place prepare(String origin) {
        return providers.enter(origin).orElseThrow();
    }

    void start(Place place) {
        place.start(() -> begun.add(place), () -> turnedAway.add(place));
    }

    Place enter(String origin) {
        Place place = prepare(origin);
        start(place);
        return place;
    }

    List<Place> enter(String origin, int times) {
        return Stream.generate(() -> enter(origin)).limit(times).toList();
    }

    Set<String> withoutRoom() {
        return providers.room().known().entrySet().stream()
                .filter(origin -> origin.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    static void fail(List<Place> places) {
        places.forEach(place -> place.leave(FAILED));
    }

    void deliver(String origin, Outcome outcome) {
        enter(origin).leave(outcome);
    }

    void fail(String origin, int times) {
        for (int i = 0; i < times; i++) {
            deliver(origin, FAILED);
        }
    }

    Duration pause(String origin) {
        return Duration.between(clock.instant(), providers.closedUntil(origin).orElseThrow());
    }

    static Outcome later(Duration after) {
        return new Outcome.TryLater("status 429", Optional.of(after), true);
    }
}
