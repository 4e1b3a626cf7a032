package dev.dunlin.checker.workload;

import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Creates the groups of a check. */
public final class Groups {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(300);

    private Groups() {}

    /**
     * Creates a group. Repeats for up to a minute what fails for now, as a client does: a suite
     * that has just started may be slow. Blocks.
     *
     * @throws ExecutionException with what the suite said last
     */
    public static void create(RestClient owner, ChannelName group, List<UserId> members)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                owner.createChannel(group, members).get();
                return;
            } catch (ExecutionException e) {
                boolean isFinal = e.getCause() instanceof RequestFailed refused && !refused.retryable();
                if (isFinal || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(BETWEEN);
            }
        }
    }
}
