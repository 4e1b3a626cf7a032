package dev.dunlin.checker.run;

import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.checker.nemesis.Nemesis;
import dev.dunlin.checker.nemesis.Schedule;
import dev.dunlin.checker.nemesis.Strike;
import dev.dunlin.checker.nemesis.Victims;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.verdict.Checker;
import dev.dunlin.checker.verdict.Verdict;
import dev.dunlin.checker.workload.Clients;
import dev.dunlin.checker.workload.Groups;
import dev.dunlin.checker.workload.Guests;
import dev.dunlin.checker.workload.Plan;
import dev.dunlin.checker.workload.Workload;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.StreamPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One check of a running suite: workload and nemesis, healing, quiet, reading, verdict. Blocks. */
public final class Check {
    private static final Duration QUIET = Duration.ofSeconds(90);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration PROGRESS = Duration.ofSeconds(5);
    private static final int MOST_READINGS = 5;

    private final CheckOptions options;
    private final Access access;
    private final Victims victims;
    private final Path evidence;
    private final Consumer<String> say;
    private final long begin = System.nanoTime();

    /**
     * @param evidence receives the history
     * @param say receives lines for people, from any thread
     */
    public Check(CheckOptions options, Access access, Victims victims, Path evidence, Consumer<String> say) {
        this.options = options;
        this.access = access;
        this.victims = victims;
        this.evidence = evidence;
        this.say = say;
    }

    /** Something that a test does to the suite at one point of the check. */
    @FunctionalInterface
    public interface Interference {
        /** {@code recorder} records what it publishes itself. */
        void run(Plan plan, Recorder recorder) throws InterruptedException;
    }

    /**
     * Runs the check.
     *
     * @throws CannotCheck if the suite did not reach a state that can be judged
     */
    public Result run() throws IOException, InterruptedException {
        return run((plan, recorder) -> {}, (plan, recorder) -> {});
    }

    /**
     * The same with two interferences: {@code during} the workload, and {@code before} the logs are
     * read.
     */
    public Result run(Interference during, Interference before) throws IOException, InterruptedException {
        Plan plan = Plan.of(options.name(), options.clients());
        List<Strike> schedule = Schedule.of(
                options.seed(),
                options.faults(),
                options.length(),
                Math.max(options.nodes(), options.messageServices()));
        try (Evidence lines = Evidence.in(evidence)) {
            Recorder recorder = new Recorder(this::nanos, lines);
            createGroups(plan);
            try (Workload workload = new Workload(
                            plan, new Clients(access, recorder), recorder, options.seed(), options.length());
                    Guests guests = new Guests(options.name(), access, recorder, options.seed());
                    PresenceCheck presence = new PresenceCheck(options, access, lines, this::nanos, this::tell);
                    PushCheck push = PushCheck.of(options, access, lines, this::nanos, this::tell)) {
                start(guests);
                presence.start();
                push.start();
                work(workload, guests, recorder, schedule, () -> during.run(plan, recorder), presence, push);
                settle(workload, recorder, plan);
                presence.settle();
                push.settle();
                before.run(plan, recorder);
                List<FinalLog> logs = read(recorder, plan);
                lines.logs(logs);
                History history = recorder.history(logs).with(presence.history(), push.history());
                Verdict verdict = Checker.check(history);
                return new Result(options, counts(schedule), verdict, evidence);
            }
        }
    }

    @FunctionalInterface
    private interface Act {
        void run() throws InterruptedException;
    }

    private long nanos() {
        return System.nanoTime() - begin;
    }

    private static void start(Guests guests) throws InterruptedException {
        try {
            guests.start();
        } catch (ExecutionException e) {
            throw new CannotCheck(guests.channel() + " cannot be created: " + e.getCause());
        }
    }

    private void work(
            Workload workload,
            Guests guests,
            Recorder recorder,
            List<Strike> schedule,
            Act during,
            PresenceCheck presence,
            PushCheck push)
            throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch silence = new CountDownLatch(1);
        long start = nanos();
        push.expect(schedule, start);
        workload.listen();
        workload.speak(options.rate(), silence);
        try (Loop progress = progress(workload, recorder, start);
                Loop _ = Loop.start("end", loop -> {
                    loop.pause(options.length());
                    stop.countDown();
                })) {
            FutureTask<Void> other = new FutureTask<>(() -> {
                during.run();
                return null;
            });
            Thread.ofVirtual().start(other);
            new Nemesis(victims, push.provider(), guests::removeNow, () -> nanos() - start, line -> tell(line))
                    .run(schedule, stop);
            stop.await();
            end(other);
            long healing = nanos();
            heal();
            presence.healed();
            push.healed(healing);
            progress.pause(options.afterwards());
        } finally {
            silence.countDown();
        }
        workload.calm();
        presence.calm();
        push.calm();
        guests.close();
    }

    private static void end(Future<Void> interference) throws InterruptedException {
        try {
            interference.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the interference failed: " + e.getCause(), e.getCause());
        }
    }

    private void heal() throws InterruptedException {
        tell("healing");
        List<String> ill = victims.heal();
        if (!ill.isEmpty()) {
            throw new CannotCheck("the suite did not heal: " + String.join(", ", ill) + " does not serve");
        }
        tell("all processes serve again; publishing continues for %d s"
                .formatted(options.afterwards().toSeconds()));
    }

    private void settle(Workload workload, Recorder recorder, Plan plan) throws InterruptedException {
        tell("waiting for " + workload.underWay() + " answers");
        workload.finishSpeaking();
        tell("waiting until every listener has received everything");
        awaitQuiet(recorder, plan);
    }

    /**
     * Returns when every listener has reached the head of its channels, or when the time for that
     * is over.
     */
    private void awaitQuiet(Recorder recorder, Plan plan) throws InterruptedException {
        Reader reader = new Reader(access, plan);
        long from = nanos();
        long deadline = from + QUIET.toNanos();
        List<Watching> behind = behind(recorder, heads(reader, plan));
        while (!behind.isEmpty() && nanos() < deadline) {
            Thread.sleep(BETWEEN);
            behind = behind(recorder, heads(reader, plan));
        }
        if (behind.isEmpty()) {
            tell("every listener has received everything after %.1f s".formatted((nanos() - from) / 1e9));
        } else {
            tell("not every listener reached the end in " + QUIET.toSeconds() + " s: "
                    + behind.stream()
                            .map(one -> one.observer().name() + " in " + one.channel())
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Reads the logs, until no observer received anything meanwhile. */
    private List<FinalLog> read(Recorder recorder, Plan plan) throws InterruptedException {
        Reader reader = new Reader(access, plan);
        List<FinalLog> logs = reader.logs();
        for (int reading = 1; reading < MOST_READINGS; reading++) {
            Map<Object, Long> heads = new HashMap<>();
            logs.forEach(log -> heads.put(log.channel(), log.head()));
            boolean moved = recorder.watching().stream()
                    .anyMatch(one ->
                            one.position().map(StreamPosition::seq).orElse(0L) > heads.getOrDefault(one.channel(), 0L));
            if (!moved) {
                break;
            }
            logs = reader.logs();
        }
        return logs;
    }

    private static Map<Object, Long> heads(Reader reader, Plan plan) throws InterruptedException {
        Map<Object, Long> heads = new HashMap<>();
        for (var channel : plan.channels()) {
            heads.put(channel, reader.head(channel));
        }
        return heads;
    }

    private static List<Watching> behind(Recorder recorder, Map<Object, Long> heads) {
        return recorder.watching().stream()
                .filter(Watching::isOpen)
                .filter(one -> one.position().map(StreamPosition::seq).orElse(-1L)
                        < Objects.requireNonNull(heads.get(one.channel())))
                .toList();
    }

    private void createGroups(Plan plan) throws InterruptedException {
        RestClient owner = access.rest(plan.speakers().getFirst().who());
        for (var group : plan.groups().entrySet()) {
            try {
                Groups.create(owner, group.getKey(), group.getValue());
            } catch (ExecutionException e) {
                throw new CannotCheck(group.getKey() + " cannot be created: " + e.getCause());
            }
        }
    }

    private Loop progress(Workload workload, Recorder recorder, long start) {
        return Loop.start("progress", loop -> {
            while (loop.pause(PROGRESS)) {
                tell("%6.1f s  published %d  acked %d  waiting %d  surfaced %d  last ack %.1f s ago"
                        .formatted(
                                (nanos() - start) / 1e9,
                                recorder.published(),
                                recorder.acked(),
                                workload.underWay(),
                                recorder.seen(),
                                (nanos() - recorder.lastAck()) / 1e9));
            }
        });
    }

    private void tell(String line) {
        say.accept(line);
    }

    private static Map<Fault, Long> counts(List<Strike> schedule) {
        return schedule.stream()
                .map(Strike::fault)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
