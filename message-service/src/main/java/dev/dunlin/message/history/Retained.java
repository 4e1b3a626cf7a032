package dev.dunlin.message.history;

import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.namespace.NamespacePolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where a channel's log begins for a reader. Readers do not see expired events, even while their
 * rows are still there. Where the namespace says so, a member does not see events from before it
 * joined. Thread-safe; blocks where the namespace has a retention; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public final class Retained {
    private final History history;
    private final InstantSource clock;

    public Retained(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The oldest retained seq that this reader may see; {@code head + 1} if there is none. */
    public long first(ChannelView view) {
        Optional<Duration> retention = view.policy().retainedFor();
        return retention.isEmpty()
                ? view.from()
                : Math.max(
                        view.from(),
                        history.firstEvent(
                                        view.channel().name(),
                                        clock.millis() - retention.get().toMillis())
                                .orElse(view.channel().head() + 1));
    }

    /** Whether something that happened at {@code ts} (milliseconds since 1970) is still shown. */
    public boolean shows(NamespacePolicy policy, long ts) {
        return !policy.expired(ts, clock.millis());
    }
}
