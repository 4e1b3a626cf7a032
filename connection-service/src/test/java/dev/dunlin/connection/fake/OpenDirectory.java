package dev.dunlin.connection.fake;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.ChannelAccess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everybody may read everything but {@code group:} channels; heads stand still unless the test moves them. */
public final class OpenDirectory implements ChannelDirectory {
    private long head;
    private boolean conflate;

    /** Whether slow subscribers may get only the latest. */
    public void conflate(boolean allowed) {
        conflate = allowed;
    }

    public void head(long newest) {
        head = newest;
    }

    @Override
    public CompletionStage<ChannelAccess> access(ChannelName channel, Identity identity) {
        return channel.namespace().equals("group")
                ? CompletableFuture.failedFuture(new Refusal(ErrorCode.FORBIDDEN, "not a member"))
                : CompletableFuture.completedFuture(new ChannelAccess(
                        channel, true, false, false, MemoryLog.EPOCH, head, 0, 65536, true, true, true, conflate));
    }

    @Override
    public CompletionStage<List<ServerFrame.Membership>> memberships(UserId user) {
        return CompletableFuture.completedFuture(List.of());
    }
}
