package dev.dunlin.checker.workload;

import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceRecorder;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.transport.rest.PresencePolling;
import dev.dunlin.checker.transport.socket.PresenceWatching;
import dev.dunlin.checker.transport.socket.PresentClient;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Users whose presence is observed. Steady ones always have a link or are opening one. The links of
 * the others open and close at random, and their sessions are active or away. Watchers watch all of
 * them, and pollers ask for all of them over REST. Runs on its own threads until closed.
 */
public final class Presences implements AutoCloseable {
    private static final int STEADY = 4;
    private static final int RESTLESS = 12;
    /** A user with several links is online until the last one is lost. */
    private static final int CLIENTS = 2;

    private static final int WATCHERS = 2;
    private static final int POLLERS = 2;
    private static final Duration UNTIL_ONLINE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int LEAST_PAUSE_MILLIS = 500;
    private static final int MOST_PAUSE_MILLIS = 6_000;
    /** One of this many pauses is longer than the grace. */
    private static final int LONG_PAUSES = 5;

    private static final int LONG_PAUSE_MILLIS = 11_000;

    private final Access access;
    private final PresenceRecorder recorder;
    private final long seed;
    private final String name;
    private final List<UserId> steady;
    private final List<UserId> restless;
    private final List<PresentClient> clients = new ArrayList<>();
    private final List<PresenceWatching> watchers = new ArrayList<>();
    private final List<PresencePolling> pollers = new ArrayList<>();
    private final List<Loop> habits = new ArrayList<>();

    /** {@code name} is in the names of the users. */
    public Presences(String name, Access access, PresenceRecorder recorder, long seed) {
        this.name = name;
        this.access = access;
        this.recorder = recorder;
        this.seed = seed;
        this.steady = users("steady", STEADY);
        this.restless = users("restless", RESTLESS);
    }

    private List<UserId> users(String kind, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new UserId(name + "-" + kind + "-" + n))
                .toList();
    }

    /**
     * Starts everyone. Blocks until the steady users are online over REST and for each watcher;
     * false if that takes too long.
     */
    public boolean start() throws InterruptedException {
        List<UserId> everyone =
                Stream.of(steady, restless).flatMap(List::stream).toList();
        List<String> watching = IntStream.rangeClosed(1, WATCHERS)
                .mapToObj(n -> "presence-watch-" + n)
                .toList();
        recorder.observe(everyone, steady, watching);
        steady.forEach(user -> client(user, 1).open());
        for (int n = 1; n <= POLLERS; n++) {
            Who backEnd = new Who(new UserId(name + "-presence-poll-" + n), true);
            PresencePolling poller =
                    new PresencePolling("presence-poll-" + n, access.rest(backEnd), everyone, recorder);
            pollers.add(poller);
            poller.open();
        }
        for (String watcher : watching) {
            PresenceWatching one = new PresenceWatching(
                    watcher,
                    access,
                    new Who(new UserId(name + "-" + watcher), false),
                    everyone,
                    recorder,
                    seed ^ watcher.hashCode());
            watchers.add(one);
            one.open();
        }
        if (!await(this::isSteadyOnline)) {
            return false;
        }
        recorder.started();
        restless.forEach(this::beRestless);
        return true;
    }

    private boolean isSteadyOnline(PresenceRecorder recorded) {
        var history = recorded.history();
        return steady.stream()
                .allMatch(user -> history.answers().stream()
                                .filter(PresenceAnswer::isThere)
                                .reduce((first, second) -> second)
                                .filter(answer -> answer.statuses().get(user) == Status.ONLINE)
                                .isPresent()
                        && history.watchers().stream()
                                .allMatch(watcher -> history.notices().stream()
                                        .filter(notice -> notice.watcher().equals(watcher)
                                                && notice.user().equals(user))
                                        .reduce((first, second) -> second)
                                        .filter(notice -> notice.status() == Status.ONLINE)
                                        .isPresent()));
    }

    private boolean await(Predicate<PresenceRecorder> condition) throws InterruptedException {
        long deadline = recorder.now() + UNTIL_ONLINE.toNanos();
        while (!condition.test(recorder)) {
            if (recorder.now() > deadline) {
                return false;
            }
            Thread.sleep(BETWEEN);
        }
        return true;
    }

    private PresentClient client(UserId user, int n) {
        String client = user.value() + "/" + n;
        PresentClient made =
                new PresentClient(client, access, new Who(user, false), recorder, seed ^ client.hashCode());
        clients.add(made);
        return made;
    }

    private void beRestless(UserId user) {
        List<PresentClient> own =
                IntStream.rangeClosed(1, CLIENTS).mapToObj(n -> client(user, n)).toList();
        Random random = new Random(seed ^ user.value().hashCode());
        habits.add(Loop.start("habit of " + user, loop -> {
            while (loop.pause(pause(random)) && !recorder.isFull()) {
                change(own.get(random.nextInt(own.size())), random);
            }
        }));
    }

    private static Duration pause(Random random) {
        int least = random.nextInt(LONG_PAUSES) == 0 ? LONG_PAUSE_MILLIS : LEAST_PAUSE_MILLIS;
        return Duration.ofMillis(least + random.nextInt(MOST_PAUSE_MILLIS));
    }

    private static void change(PresentClient client, Random random) {
        if (random.nextInt(3) == 0) {
            client.away(!client.isAway());
        } else if (client.isOpen()) {
            client.close();
        } else {
            client.open();
        }
    }

    /** From now on links only end when they are lost, and no session becomes away or active. */
    public void calm() {
        habits.forEach(Loop::close);
    }

    /** Ends all links and requests: what follows is not recorded. */
    @Override
    public void close() {
        calm();
        pollers.forEach(PresencePolling::close);
        watchers.forEach(PresenceWatching::close);
        clients.forEach(PresentClient::close);
    }
}
