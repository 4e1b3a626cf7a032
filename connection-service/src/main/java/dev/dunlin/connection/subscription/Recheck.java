package dev.dunlin.connection.subscription;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.protocol.http.ChannelAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks once whether a member may keep a subscription. It continues to deliver meanwhile, because
 * nothing indicates that the membership has ended. A refusal begins an {@link AccessCheck}. On the
 * session's loop.
 */
final class Recheck {
    private final Subscription subscription;
    private final SubscriptionContext context;
    private final Identity asked;

    private Recheck(Subscription subscription, SubscriptionContext context) {
        this.subscription = subscription;
        this.context = context;
        this.asked = subscription.session().identity();
    }

    /** Asks, and calls {@code done} once with whether there was an answer. */
    static void ask(Subscription subscription, SubscriptionContext context, Consumer<Boolean> done) {
        if (subscription.access() != Access.State.MEMBER) {
            done.accept(true);
            return;
        }
        context.metrics().accessRechecked();
        Recheck recheck = new Recheck(subscription, context);
        var unused = context.directory()
                .access(subscription.channel(), recheck.asked)
                .whenComplete((found, failure) ->
                        subscription.loop().execute(() -> done.accept(recheck.answered(found, failure))));
    }

    private boolean answered(@Nullable ChannelAccess found, @Nullable Throwable failure) {
        if (subscription.access() != Access.State.MEMBER) {
            return true; // it has ended, or an AccessCheck is open
        }
        if (found == null && !Refusals.isFinal(failure)) {
            context.metrics().accessUnknown();
            return false;
        }
        if (!asked.equals(subscription.session().identity())) {
            return false; // the token was renewed meanwhile
        }
        if (found == null) {
            subscription.doubt(0); // the refusal may be older than a notice that came meanwhile
        } else {
            subscription.hideBefore(found.from());
            subscription.grant(Access.of(found), null);
        }
        return true;
    }
}
