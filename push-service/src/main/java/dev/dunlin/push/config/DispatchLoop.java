package dev.dunlin.push.config;

import dev.dunlin.push.Unreachable;
import dev.dunlin.push.schedule.Dispatcher;
import dev.dunlin.push.schedule.Pending;
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

/** Runs the dispatcher from start to stop, on its own virtual thread. */
@Startup
@ApplicationScoped
class DispatchLoop {
    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

    private final Dispatcher dispatcher;
    private final Pending pending;
    private final MeteredJournal journal;
    private final PushConfig.Delivery config;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("dunlin-dispatch").unstarted(this::run);

    @Inject
    DispatchLoop(Dispatcher dispatcher, Pending pending, MeteredJournal journal, PushConfig config, Clock clock) {
        this.dispatcher = dispatcher;
        this.pending = pending;
        this.journal = journal;
        this.config = config.delivery();
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join(config.timeout());
        if (!dispatcher.drain(config.timeout())) {
            LOG.info("stopped while deliveries were running: they are retried after the next start");
        }
    }

    private void run() {
        Instant cleaned = Instant.MIN;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                int started = dispatcher.round();
                if (clock.instant().isAfter(cleaned.plus(HOUSEKEEPING))) {
                    cleaned = clock.instant();
                    pending.forgetFinished(cleaned.minus(config.remember()));
                    journal.waiting(pending.count());
                }
                if (started == 0) {
                    Thread.sleep(config.poll());
                }
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

    private static void pause() {
        try {
            Thread.sleep(HOUSEKEEPING.dividedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
