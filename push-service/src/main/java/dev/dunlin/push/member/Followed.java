package dev.dunlin.push.member;

import dev.dunlin.push.Unreachable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/**
 * Opens when the channels of all users are loaded who have devices. After an update from a release
 * that did not store them, no message is decided on before that: it would notify nobody.
 * Thread-safe.
 */
public final class Followed implements Runnable {
    private static final Logger LOG = Logger.getLogger(Followed.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Membership membership;
    private final CountDownLatch loaded = new CountDownLatch(1);

    public Followed(Membership membership) {
        this.membership = membership;
    }

    /** Loads what is missing, until all is loaded, or this thread is interrupted. */
    @Override
    public void run() {
        while (true) {
            try {
                while (membership.loadMissing() > 0) {
                    LOG.debug("loaded channels of users");
                }
                loaded.countDown();
                return;
            } catch (Unreachable e) {
                LOG.warnf("notifications wait until channels are loaded: %s", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("notifications wait until channels are loaded", e);
            }
            try {
                Thread.sleep(PAUSE); // message-service or the database does not answer
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Waits until all is loaded. */
    public void await() throws InterruptedException {
        loaded.await();
    }
}
