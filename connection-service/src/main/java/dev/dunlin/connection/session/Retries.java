package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.Backoff;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * When records that were not stored are sent again: after a pause that grows while they fail. Logs
 * when records begin to fail and when all are stored again. Hub loop only.
 */
final class Retries {
    private static final Logger LOG = Logger.getLogger(Retries.class);

    private final HubLoop loop;
    private final Runnable resume;
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    private boolean failing;
    private boolean pausing;
    private boolean answered = true;

    /** @param resume called after each pause */
    Retries(HubLoop loop, Runnable resume) {
        this.loop = loop;
        this.resume = resume;
    }

    /** Whether nothing may be sent now. */
    boolean pausing() {
        return pausing;
    }

    /** Whether the last record whose outcome is known was stored. */
    boolean answered() {
        return answered;
    }

    /** A record was not stored. Records that fail during a pause make it no longer. */
    void failed(Throwable failure) {
        answered = false;
        if (!failing) {
            failing = true;
            LOG.warnf("What sessions do is not stored for now, and is sent again: %s", failure);
        }
        if (!pausing) {
            pausing = true;
            loop.after(backoff.next(), () -> {
                pausing = false;
                resume.run();
            });
        }
    }

    /** A record was stored. */
    void stored() {
        answered = true;
    }

    /** Everything that had failed is stored. */
    void recovered() {
        if (failing) {
            failing = false;
            backoff.reset();
            LOG.info("What sessions do is stored again");
        }
    }
}
