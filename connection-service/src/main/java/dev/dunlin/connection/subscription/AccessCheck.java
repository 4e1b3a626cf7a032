package dev.dunlin.connection.subscription;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.loop.Backoff;
import dev.dunlin.protocol.http.ChannelAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a subscription whose ground may be gone may continue. Until there is an answer it neither sends nor receives; while message-service does not answer, or its store
 * is behind the event that is the reason, it is asked again. Ends with the subscription. On the session's loop.
 */
final class AccessCheck implements Access {
    private final Subscription subscription;
    private final SubscriptionTools tools;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private long seq;
    /** Whether nothing happened since the question that is under way. */
    private boolean fresh;

    /**
     * @param seq of the event that made this necessary: an answer counts if the store has come as far; 0 if every answer counts
     */
    AccessCheck(Subscription subscription, SubscriptionTools tools, long seq) {
        this.subscription = subscription;
        this.tools = tools;
        this.seq = seq;
    }

    @Override
    public boolean granted() {
        return false;
    }

    /** Something happened again, by an event or, with 0, by something else: what was asked before that does not count. */
    void extendTo(long later) {
        seq = Math.max(seq, later);
        fresh = false;
    }

    void ask() {
        if (subscription.access() != this) {
            return;
        }
        fresh = true;
        tools.metrics().accessRechecked();
        Identity asked = subscription.session().identity();
        var unused = tools.directory()
                .access(subscription.channel(), asked)
                .whenComplete((found, failure) -> subscription.loop().execute(() -> answered(asked, found, failure)));
    }

    private void answered(Identity asked, @Nullable ChannelAccess found, @Nullable Throwable failure) {
        if (subscription.access() != this) {
            return;
        }
        if (!fresh || !asked.equals(subscription.session().identity())) {
            ask(); // or the token was renewed meanwhile
        } else if (found != null && !isBehind(found)) {
            subscription.regranted(Access.of(found), found.from());
        } else if (found == null && Refusals.isFinal(failure)) {
            subscription.revoke(Refusals.of(failure));
        } else {
            if (found == null) {
                tools.metrics().accessUnknown();
            }
            tools.loop().after(backoff.next(), () -> subscription.loop().execute(this::ask));
        }
    }

    private boolean isBehind(ChannelAccess found) {
        return found.epoch() != null && found.epoch().equals(subscription.epoch()) && found.head() < seq;
    }
}
