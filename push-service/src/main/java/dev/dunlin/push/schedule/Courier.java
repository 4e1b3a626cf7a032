package dev.dunlin.push.schedule;

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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Delivers one notification and writes down what came of it. Safe for use by many threads. */
public final class Courier {
    private final Delivery delivery;
    private final Pending pending;
    private final Devices devices;
    private final Channels channels;
    private final Journal journal;
    private final Backoff backoff;
    private final Clock clock;
    private final RandomGenerator random;

    public Courier(
            Delivery delivery,
            Pending pending,
            Devices devices,
            Channels channels,
            Journal journal,
            Backoff backoff,
            Clock clock,
            RandomGenerator random) {
        this.delivery = delivery;
        this.pending = pending;
        this.devices = devices;
        this.channels = channels;
        this.journal = journal;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
    }

    /** Blocks until it is delivered or has failed. What fails unforeseen stays claimed and is due again when its lease is over. */
    void deliver(Claimed claimed, boolean offline) {
        Instant now = clock.instant();
        if (!offline) {
            finish(claimed, Fate.ONLINE, "");
        } else if (claimed.device().prefs().silent(claimed.notification().channel(), now)) {
            finish(claimed, Fate.SILENT, "");
        } else {
            settle(claimed, delivery.deliver(claimed.notification(), claimed.device(), unread(claimed)));
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
            case Outcome.TryLater(String reason, Optional<Duration> asked) ->
                backoff.after(claimed.attempt(), asked, random)
                        .ifPresentOrElse(
                                wait -> retry(claimed, wait, reason), () -> finish(claimed, Fate.GIVEN_UP, reason));
            case Outcome.Gone() -> {
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
