package dev.dunlin.connection.access.http;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.catchup.EventLog;
import dev.dunlin.connection.http.BoundedCalls;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.http.HeadsQuery;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.UsersQuery;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads channels, members and the log from message-service over HTTP. */
public final class HttpChannelDirectory implements ChannelDirectory, EventLog {
    private final MessageServiceClient client;
    private final BoundedCalls calls;
    private final Questions<Asked, ChannelAccess> access;
    private final Questions<UserId, MembershipList> memberships;
    private final Questions<ChannelName, HeadList.Head> heads;
    private final int pageSize;

    public HttpChannelDirectory(MessageServiceClient client, BoundedCalls calls, HubLoop loop, int pageSize) {
        this.client = client;
        this.calls = calls;
        this.access = new Questions<>(
                asked -> calls.call(() -> client.access(new AccessQuery(asked)).answers()), AccessQuery.MOST, loop);
        this.memberships = new Questions<>(
                users -> users.size() == 1
                        ? CompletableFuture.completedStage(Collections.singletonList(null))
                        : calls.call(() -> membershipsOf(users)),
                UsersQuery.MOST,
                loop);
        this.heads = new Questions<>(
                channels -> heads(channels).thenApply(found -> inOrder(channels, found)), HeadsQuery.MOST, loop);
        this.pageSize = pageSize;
    }

    @Override
    public CompletionStage<ChannelAccess> access(ChannelName channel, Identity identity) {
        return access.ask(new Asked(channel, identity.user()))
                .thenCompose(known -> known.isPresent()
                        ? CompletableFuture.completedStage(permitted(channel, identity, known.get()))
                        : accessAlone(channel, identity));
    }

    /** For a channel that this call may create, or whose log must be read. */
    private CompletionStage<ChannelAccess> accessAlone(ChannelName channel, Identity identity) {
        return calls.call(() -> {
            try {
                return permitted(
                        channel,
                        identity,
                        client.access(channel.value(), identity.user().value()));
            } catch (WebApplicationException e) {
                if (e.getResponse().getStatus() != ErrorCode.FORBIDDEN.httpStatus()) {
                    throw e;
                }
                return accessByLog(channel, identity);
            }
        });
    }

    private static ChannelAccess permitted(ChannelName channel, Identity identity, ChannelAccess access) {
        if (!access.subscribe()) {
            requireGrant(channel, identity);
        }
        return access;
    }

    /** A token may grant reading without membership. Then the log itself gives its head. */
    private ChannelAccess accessByLog(ChannelName channel, Identity identity) {
        requireGrant(channel, identity);
        EventPage page = client.events(channel.value(), 0, 1);
        return new ChannelAccess(
                channel, true, false, false, page.epoch(), page.head(), 0, Integer.MAX_VALUE, false, false, false);
    }

    private static void requireGrant(ChannelName channel, Identity identity) {
        if (!identity.grants().allow(channel, TokenGrants.Action.SUBSCRIBE)) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "you may not read this channel");
        }
    }

    @Override
    public CompletionStage<MembershipList> memberships(UserId user) {
        return memberships
                .ask(user)
                .thenCompose(known -> known.map(CompletableFuture::completedStage)
                        .orElseGet(() -> calls.call(() -> client.channels(user.value()))));
    }

    /** The old call answers each user where message-service is older than this node. */
    private List<@Nullable MembershipList> membershipsOf(List<UserId> users) {
        try {
            return client.memberships(new UsersQuery(users)).answers();
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() != ErrorCode.NOT_FOUND.httpStatus()) {
                throw e;
            }
            return Collections.nCopies(users.size(), null);
        }
    }

    @Override
    public CompletionStage<EventPage> events(ChannelName channel, long after) {
        return calls.call(() -> client.events(channel.value(), after, pageSize));
    }

    @Override
    public CompletionStage<List<HeadList.Head>> heads(List<ChannelName> channels) {
        return calls.call(() -> client.heads(new HeadsQuery(channels)).heads());
    }

    @Override
    public CompletionStage<Optional<HeadList.Head>> head(ChannelName channel) {
        return heads.ask(channel);
    }

    private static List<HeadList.@Nullable Head> inOrder(List<ChannelName> channels, List<HeadList.Head> heads) {
        Map<ChannelName, HeadList.Head> byName = HashMap.newHashMap(heads.size());
        heads.forEach(head -> byName.put(head.channel(), head));
        List<HeadList.@Nullable Head> ordered = new ArrayList<>(channels.size());
        channels.forEach(channel -> ordered.add(byName.get(channel)));
        return ordered;
    }
}
