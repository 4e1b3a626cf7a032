package dev.dunlin.connection.access;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MembershipList;
import java.util.concurrent.CompletionStage;

/**
 * Channels and members, as message-service knows them. Any thread, never blocks; stages complete on
 * any thread.
 */
public interface ChannelDirectory {
    /**
     * Whether and how a user may use a channel, by membership or by the token's grants. Fails with
     * {@link dev.dunlin.edge.RefusedException}: {@code forbidden} if the user may not read it,
     * {@code not_found}, or {@code unavailable} and {@code overloaded} when it is worth trying
     * again.
     */
    CompletionStage<ChannelAccess> access(ChannelName channel, Identity identity);

    /**
     * The user's channels, the most recently used first, and whether there are more. Fails as
     * {@link #access}.
     */
    CompletionStage<MembershipList> memberships(UserId user);
}
