package dev.dunlin.connection.fake;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MembershipList;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Everybody is a member of every channel except {@code group:} ones, unless the test says
 * otherwise. Heads stand still unless the test moves them.
 */
public final class OpenDirectory implements ChannelDirectory {
    private final Queue<CompletableFuture<Void>> held = new ArrayDeque<>();
    private long from = 1;
    private long head;
    private boolean conflate;
    private boolean member = true;
    private boolean unreachable;
    private boolean holds;
    private int calls;

    /** Whether slow subscribers may get only the latest. */
    public void conflate(boolean allowed) {
        conflate = allowed;
    }

    public void head(long newest) {
        head = newest;
    }

    /** Whether everybody is a member; who is not needs a grant. */
    public void member(boolean isMember) {
        member = isMember;
    }

    /** The oldest seq that users may see. */
    public void from(long first) {
        from = first;
    }

    /** Whether nobody answers. */
    public void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** Whether answers, which are made at once, wait. */
    public void holds(boolean isHolding) {
        holds = isHolding;
    }

    /** Gives the answers that wait. */
    public void letGo() {
        for (CompletableFuture<Void> turn = held.poll(); turn != null; turn = held.poll()) {
            turn.complete(null);
        }
    }

    /** How often it was asked. */
    public int calls() {
        return calls;
    }

    @Override
    public CompletionStage<ChannelAccess> access(ChannelName channel, Identity identity) {
        calls++;
        CompletionStage<ChannelAccess> answer = answer(channel, identity);
        if (!holds) {
            return answer;
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        held.add(turn);
        return turn.thenCompose(now -> answer);
    }

    private CompletionStage<ChannelAccess> answer(ChannelName channel, Identity identity) {
        if (unreachable) {
            return CompletableFuture.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, "away"));
        }
        boolean granted = identity.grants().allow(channel, TokenGrants.Action.SUBSCRIBE);
        return channel.namespace().equals("group") || (!member && !granted)
                ? CompletableFuture.failedFuture(new RefusedException(ErrorCode.FORBIDDEN, "not a member"))
                : CompletableFuture.completedFuture(new ChannelAccess(
                        channel,
                        true,
                        false,
                        false,
                        MemoryLog.EPOCH,
                        head,
                        0,
                        65536,
                        member,
                        true,
                        member,
                        conflate,
                        from,
                        null,
                        null,
                        null));
    }

    @Override
    public CompletionStage<MembershipList> memberships(UserId user) {
        return CompletableFuture.completedFuture(MembershipList.NONE);
    }
}
