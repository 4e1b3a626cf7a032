package dev.dunlin.connection.subscription;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.http.ChannelAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a subscription may continue whose access may have ended. Until there is an answer
 * it neither sends nor receives. Retries while message-service does not answer, or while its store
 * has not reached the event that caused the check. Ends with the subscription. On the session's
 * loop.
 */
final class AccessCheck implements Access {
    private final Subscription subscription;
    private final SubscriptionContext context;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private long seq;
    /** Whether nothing has happened since the open question was asked. */
    private boolean fresh;

    /**
     * @param seq of the event that caused the check: older answers do not count; 0 if any answer
     *     counts
     */
    AccessCheck(Subscription subscription, SubscriptionContext context, long seq) {
        this.subscription = subscription;
        this.context = context;
        this.seq = seq;
    }

    @Override
    public boolean granted() {
        return false;
    }

    /**
     * Access may have changed once more, by the event {@code later}, or without one if that is 0.
     * Answers to earlier questions do not count.
     */
    void extendTo(long later) {
        seq = Math.max(seq, later);
        fresh = false;
    }

    void ask() {
        if (subscription.access() != this) {
            return;
        }
        fresh = true;
        context.metrics().accessRechecked();
        Identity asked = subscription.session().identity();
        var unused = context.directory()
                .access(subscription.channel(), asked)
                .whenComplete((found, failure) -> subscription.loop().execute(() -> answered(asked, found, failure)));
    }

    private void answered(Identity asked, @Nullable ChannelAccess found, @Nullable Throwable failure) {
        if (subscription.access() != this) {
            return;
        }
        if (!fresh || !asked.equals(subscription.session().identity())) {
            ask(); // the answer is out of date, or belongs to an older token
        } else if (found != null && !isBehind(found)) {
            subscription.regranted(Access.of(found), found.from());
        } else if (found == null && Refusals.isFinal(failure)) {
            subscription.revoke(Refusals.of(failure));
        } else {
            if (found == null) {
                context.metrics().accessUnknown();
            }
            context.loop().after(backoff.next(), () -> subscription.loop().execute(this::ask));
        }
    }

    private boolean isBehind(ChannelAccess found) {
        return found.epoch() != null && found.epoch().equals(subscription.epoch()) && found.head() < seq;
    }
}
