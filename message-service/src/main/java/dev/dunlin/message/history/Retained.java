package dev.dunlin.message.history;

import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.namespace.NamespacePolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * From where on a channel's log is shown: what expired is gone for readers at once, and its rows later; and where the namespace says so, what was before a member joined is not there for it. Thread-safe; blocks where the namespace has a retention; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public final class Retained {
    private final History history;
    private final InstantSource clock;

    public Retained(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The oldest seq that is retained, and that this reader may see; {@code head + 1} when none is. */
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
