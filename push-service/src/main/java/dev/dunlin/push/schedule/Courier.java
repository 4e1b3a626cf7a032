package dev.dunlin.push.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.delivery.Delivery;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.schedule.Journal.Fate;
import dev.dunlin.push.schedule.Pending.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Delivers one notification and records the outcome. Thread-safe. */
public final class Courier {
    private final Delivery delivery;
    private final Pending pending;
    private final Devices devices;
    private final Channels channels;
    private final Journal journal;
    private final RetryPolicy retry;
    private final Clock clock;
    private final RandomGenerator random;

    public Courier(
            Delivery delivery,
            Pending pending,
            Devices devices,
            Channels channels,
            Journal journal,
            RetryPolicy retry,
            Clock clock,
            RandomGenerator random) {
        this.delivery = delivery;
        this.pending = pending;
        this.devices = devices;
        this.channels = channels;
        this.journal = journal;
        this.retry = retry;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Delivers one notification; blocks until that succeeds or fails. {@code text} is the current
     * content of the message, empty if this user may not read it any more. After an unexpected
     * failure it stays claimed and is due again when its lease ends; it is given up after as many
     * attempts as a delivery has.
     */
    void deliver(Claimed claimed, boolean offline, Optional<JsonNode> text) {
        Instant now = clock.instant();
        if (!offline) {
            finish(claimed, Fate.ONLINE, "");
        } else if (claimed.device().prefs().silent(claimed.notification().channel(), now)) {
            finish(claimed, Fate.SILENT, "");
        } else if (text.isEmpty()) {
            finish(claimed, Fate.WITHDRAWN, "");
        } else if (claimed.attempt() > retry.tries()) {
            finish(claimed, Fate.GIVEN_UP, retry.tries() + " attempts ended without an outcome");
        } else {
            settle(claimed, attempt(claimed, text.get()));
        }
    }

    /**
     * Postpones notifications while the content of their messages, or whether their users are
     * online, is unknown. Those of messages older than {@code maxAge} are dropped.
     */
    void wait(List<Claimed> all, Duration maxAge, Duration pause) {
        Instant now = clock.instant();
        List<Claimed> waiting = new ArrayList<>();
        for (Claimed claimed : all) {
            if (Instant.ofEpochMilli(claimed.notification().ts()).plus(maxAge).isAfter(now)) {
                waiting.add(claimed);
            } else {
                finish(claimed, Fate.EXPIRED, "");
            }
        }
        pending.postpone(waiting, now.plus(pause));
    }

    /** Turns every failure of a delivery into an outcome. */
    private Outcome attempt(Claimed claimed, JsonNode text) {
        OptionalLong unread = unread(claimed);
        try {
            return delivery.deliver(claimed.notification().saying(text, unread), claimed.device());
        } catch (IllegalArgumentException e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Outcome.TryLater(e.toString(), Optional.empty(), false);
        }
    }

    private OptionalLong unread(Claimed claimed) {
        Device device = claimed.device();
        Notification notification = claimed.notification();
        return device.prefs().wantsBadge()
                ? channels.unread(notification.channel(), notification.user())
                : OptionalLong.empty();
    }

    private void settle(Claimed claimed, Outcome outcome) {
        switch (outcome) {
            case Outcome.Delivered() -> finish(claimed, Fate.DELIVERED, "");
            case Outcome.Rejected(String reason) -> finish(claimed, Fate.REJECTED, reason);
            case Outcome.NotFound(String reason) -> finish(claimed, Fate.REJECTED, reason);
            case Outcome.TryLater(String reason, Optional<Duration> asked, boolean _) ->
                retry.after(claimed.attempt(), asked, random)
                        .ifPresentOrElse(
                                wait -> retry(claimed, wait, reason), () -> finish(claimed, Fate.GIVEN_UP, reason));
            case Outcome.Gone(String _, Optional<Instant> _) -> {
                devices.removeGone(claimed.device().id());
                journal.happened(claimed, Fate.GONE, "");
            }
        }
    }

    private void retry(Claimed claimed, Duration wait, String reason) {
        pending.retry(claimed, clock.instant().plus(wait));
        journal.happened(claimed, Fate.RETRIED, reason);
    }

    private void finish(Claimed claimed, Fate fate, String reason) {
        pending.finish(claimed, clock.instant());
        journal.happened(claimed, fate, reason);
    }
}
