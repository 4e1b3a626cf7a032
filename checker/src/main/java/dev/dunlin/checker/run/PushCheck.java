package dev.dunlin.checker.run;

import dev.dunlin.checker.history.Disturbance;
import dev.dunlin.checker.history.Disturbance.Part;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.PushRecorder;
import dev.dunlin.checker.nemesis.Blow;
import dev.dunlin.checker.nemesis.Provider;
import dev.dunlin.checker.nemesis.Strike;
import dev.dunlin.checker.nemesis.Target;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.push.RecordingProvider;
import dev.dunlin.checker.verdict.Owed;
import dev.dunlin.checker.workload.PushUsers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The part of a check that is about notifications: nothing if the options leave it out. Blocks; for
 * one thread.
 */
final class PushCheck implements AutoCloseable {
    /** How long after a blow a process may not serve, once it runs again. */
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    /** The same of push-service itself: it records nothing before it serves. */
    private static final Duration IMPRECISION = Duration.ofSeconds(5);

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final CheckOptions options;
    private final PushRecorder recorder;
    private final RecordingProvider provider;
    private final PushUsers users;
    private final Consumer<String> say;

    private PushCheck(
            CheckOptions options,
            PushRecorder recorder,
            RecordingProvider provider,
            PushUsers users,
            Consumer<String> say) {
        this.options = options;
        this.recorder = recorder;
        this.provider = provider;
        this.users = users;
        this.say = say;
    }

    /** Starts the provider. */
    static PushCheck of(CheckOptions options, Access access, Evidence lines, LongSupplier nanos, Consumer<String> say)
            throws IOException {
        PushRecorder recorder = new PushRecorder(nanos, lines, lines);
        RecordingProvider provider = RecordingProvider.start(recorder);
        PushUsers users = new PushUsers(options.name(), access, recorder, provider, options.seed(), options.length());
        return new PushCheck(options, recorder, provider, users, say);
    }

    /** What the nemesis makes misbehave. */
    Provider provider() {
        return provider;
    }

    /** Registers the devices and starts the users. */
    void start() throws InterruptedException {
        try {
            if (options.push() && !users.start()) {
                throw new CannotCheck("users with devices who connected did not become online");
            }
        } catch (ExecutionException e) {
            throw new CannotCheck("users with devices cannot be set up: " + e.getCause());
        }
    }

    /** The schedule of the nemesis, which begins at {@code start}. */
    void expect(List<Strike> schedule, long start) {
        for (Strike strike : schedule) {
            long at = start + strike.at().toNanos();
            Part part = part(strike.fault().target());
            Duration recovery =
                    strike.fault().target() == Target.PUSH && strike.fault().blow() != Blow.RESTART
                            ? IMPRECISION
                            : RECOVERY;
            recorder.disturbed(
                    new Disturbance(part, at, at + strike.pause().plus(recovery).toNanos()));
        }
    }

    private static Part part(Target target) {
        return switch (target) {
            case PROVIDER -> Part.PROVIDER;
            case PUSH, STORE -> Part.PUSH;
            case CONNECTION, MESSAGE, PRESENCE, REDIS, KAFKA -> Part.OTHER;
        };
    }

    /** The last fault is over; healing took from {@code since} until now. */
    void healed(long since) {
        if (!options.faults().isEmpty()) {
            recorder.healed();
            recorder.disturbed(new Disturbance(
                    options.faults().stream().anyMatch(fault -> part(fault.target()) == Part.PUSH)
                            ? Part.PUSH
                            : Part.OTHER,
                    since,
                    recorder.now() + RECOVERY.toNanos()));
        }
    }

    /** Nobody publishes from now on. */
    void calm() {
        users.calm();
    }

    /** Returns when every notification has arrived, or when the time for that is over. */
    void settle() throws InterruptedException {
        if (!options.push()) {
            return;
        }
        long from = recorder.now();
        List<Owed> missing = Owed.missing(recorder.history());
        while (missing.stream().anyMatch(owed -> owed.deadline() > recorder.now())) {
            Thread.sleep(BETWEEN); // until providers have accepted what is owed
            missing = Owed.missing(recorder.history());
        }
        say.accept(
                missing.isEmpty()
                        ? "every notification has arrived after %.1f s".formatted((recorder.now() - from) / 1e9)
                        : "%d notifications did not arrive in %d s".formatted(missing.size(), Owed.WITHIN.toSeconds()));
    }

    PushHistory history() {
        return options.push() ? recorder.history() : PushHistory.NONE;
    }

    @Override
    public void close() {
        users.close();
        provider.close();
    }
}
