package dev.dunlin.push.schedule;

import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.delivery.Delivery;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Settled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends one push, and says what becomes of its row. Thread-safe; blocks. */
public final class Courier {
    private final Delivery delivery;
    private final Devices devices;
    private final Journal journal;
    private final DeadLetters deadLetters;
    private final RetryPolicy retry;
    private final Clock clock;
    private final RandomGenerator random;

    public Courier(
            Delivery delivery,
            Devices devices,
            Journal journal,
            DeadLetters deadLetters,
            RetryPolicy retry,
            Clock clock,
            RandomGenerator random) {
        this.delivery = delivery;
        this.devices = devices;
        this.journal = journal;
        this.deadLetters = deadLetters;
        this.retry = retry;
        this.clock = clock;
        this.random = random;
    }

    /** Sends it, and turns every failure into an outcome. */
    Outcome send(Plan.Send plan) {
        try {
            return delivery.deliver(plan.push(), plan.row().device());
        } catch (IllegalArgumentException e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Outcome.TryLater(e.toString(), Optional.empty(), false);
        }
    }

    /** What becomes of the row; empty if it is gone with its device. */
    Optional<Settled> settle(Plan.Send plan, Outcome outcome) {
        Claimed row = plan.row();
        return switch (outcome) {
            case Outcome.Delivered() ->
                recorded(
                        plan,
                        plan.push() instanceof Push.Clear
                                ? new Settled.Cleared(row)
                                : new Settled.Shown(row, plan.seq()));
            case Outcome.Rejected(String error) -> recorded(plan, new Settled.GivenUp(row, Reason.REJECTED, error));
            case Outcome.NotFound(String error) -> {
                devices.notFound(row.device().id(), clock.instant());
                yield recorded(plan, new Settled.GivenUp(row, Reason.REJECTED, error));
            }
            case Outcome.TryLater(String error, Optional<Duration> after, boolean _) ->
                recorded(
                        plan,
                        retry.after(row.attempt(), after, random)
                                .<Settled>map(pause ->
                                        new Settled.Retried(row, clock.instant().plus(pause), error))
                                .orElseGet(() -> new Settled.GivenUp(row, Reason.GIVEN_UP, error)));
            case Outcome.Gone(String reason, Optional<Instant> since) -> {
                devices.removeGone(row.device().id(), since);
                journal.gone(row, plan.push(), reason);
                deadLetters.add(row.device(), Reason.GONE.word(), reason, row.attempt());
                yield Optional.empty();
            }
        };
    }

    private Optional<Settled> recorded(Plan.Send plan, Settled settled) {
        record(settled, Optional.of(plan.push()));
        return Optional.of(settled);
    }

    /** Tells operators what becomes of a row. */
    void record(Settled settled, Optional<Push> sent) {
        journal.happened(settled, sent);
        if (settled instanceof Settled.GivenUp(Claimed row, Reason reason, String error) && !row.clears()) {
            deadLetters.add(row.device(), reason.word(), error, row.attempt());
        }
    }
}
