package dev.dunlin.push.config;

import dev.dunlin.push.Unreachable;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.member.Followed;
import dev.dunlin.push.member.Membership;
import dev.dunlin.push.schedule.Dispatcher;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Settler;
import dev.dunlin.push.schedule.micrometer.MeteredJournal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Runs the dispatcher from start to stop, on its own virtual thread. It sleeps until the next
 * notification is due, and looks for new ones more often than one can become due.
 */
@Startup
@ApplicationScoped
class DispatchLoop {
    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);
    /** A notification that becomes pending during a sleep is due after it. */
    private static final double SLEEP_OF_DELAY = 0.75;

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(2);

    /** What a device shows is remembered for so long that a read mark can take it away. */
    private static final Duration SHOWN = Duration.ofDays(30);

    private static final int MOST_REMOVED = 1_000;

    private final Dispatcher dispatcher;
    private final Membership membership;
    private final Devices devices;
    private final Duration deviceLife;
    private final Pending pending;
    private final MeteredJournal journal;
    private final PushConfig.Delivery config;
    private final Duration sleep;
    private final Clock clock;
    /** How many rows the last round claimed. The loop's thread only. */
    private int started;

    private final Thread thread = Thread.ofVirtual().name("dunlin-dispatch").unstarted(this::run);
    private final Thread settling;
    private final Thread following;

    @Inject
    DispatchLoop(
            Dispatcher dispatcher,
            Settler settler,
            Followed followed,
            Membership membership,
            Devices devices,
            Pending pending,
            MeteredJournal journal,
            PushConfig config,
            Clock clock) {
        this.dispatcher = dispatcher;
        this.membership = membership;
        this.devices = devices;
        this.deviceLife = config.deviceLife();
        this.settling = Thread.ofVirtual().name("dunlin-settle").unstarted(settler);
        this.following = Thread.ofVirtual().name("dunlin-follow").unstarted(followed);
        this.pending = pending;
        this.journal = journal;
        this.config = config.delivery();
        long longest = Math.min(Math.round(config.delay().toMillis() * SLEEP_OF_DELAY), LONGEST_SLEEP.toMillis());
        this.sleep = Duration.ofMillis(Math.max(this.config.poll().toMillis(), longest));
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        following.start();
        settling.start();
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        following.interrupt();
        thread.interrupt();
        thread.join(config.timeout());
        if (!dispatcher.drain(config.timeout())) {
            LOG.info("stopped while deliveries were running: they are retried after the next start");
        }
        settling.interrupt();
        settling.join(config.timeout());
    }

    private void run() {
        Instant cleaned = Instant.MIN;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Duration pause = startDue();
                if (clock.instant().isAfter(cleaned.plus(HOUSEKEEPING))) {
                    cleaned = clock.instant();
                    pending.forget(cleaned.minus(config.remember()), cleaned.minus(SHOWN));
                    membership.loadMissing();
                    removeUnseen(cleaned);
                    journal.waiting(pending.count());
                }
                dispatcher.sleep(pause);
            } catch (InterruptedException e) {
                return;
            } catch (Unreachable e) {
                LOG.warnf("deliveries are postponed: %s", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.error("deliveries are postponed", e);
                pause();
            }
        }
    }

    private void removeUnseen(Instant now) {
        if (deviceLife.isPositive()) {
            int removed = devices.removeUnseen(now.minus(deviceLife), MOST_REMOVED);
            if (removed > 0) {
                LOG.infof("%d devices removed that were not registered for %s", removed, deviceLife);
            }
        }
    }

    /** Starts what is due, and returns the pause until the next look. */
    private Duration startDue() {
        boolean perhapsMore = started > 0;
        if (!perhapsMore) {
            Instant now = clock.instant();
            Instant due = dispatcher.nextDue().orElse(Instant.MAX);
            if (due.isAfter(now)) {
                return due.isBefore(now.plus(sleep)) ? Duration.between(now, due) : sleep;
            }
        }
        started = dispatcher.round();
        // If nothing that is due can start, all deliveries are busy or another process claims them.
        return started > 0 || perhapsMore ? Duration.ZERO : config.poll();
    }

    private static void pause() {
        try {
            Thread.sleep(HOUSEKEEPING.dividedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
