package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream begins in one channel.
 *
 * @param ref what the reply repeats
 * @param known how far the log had come when access was checked a moment ago; null if access is
 *     still to be checked
 * @param from the oldest seq that the user may see; counts only with {@code known}
 * @param after the position to continue from, given the head of the log; null for from now
 */
public record StreamStart(
        Ref ref,
        ChannelName channel,
        @Nullable LogHead known,
        long from,
        Function<LogHead, @Nullable StreamPosition> after) {
    ClientFrame.Subscribe subscribe(@Nullable LogHead head) {
        return new ClientFrame.Subscribe(ref, channel, head == null ? null : after.apply(head));
    }
}
