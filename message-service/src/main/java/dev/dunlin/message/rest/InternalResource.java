package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.Refusal;
import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** What other services ask, {@code docs/architecture.md}. */
@Path("/internal")
@RolesAllowed("server")
@RunOnVirtualThread
public class InternalResource {
    /** The most channels that {@code welcome} subscribes to. */
    private static final int MOST_CHANNELS = 1_000;

    private final Caller caller;
    private final Channels channels;
    private final Memberships memberships;

    InternalResource(Caller caller, Channels channels, Memberships memberships) {
        this.caller = caller;
        this.channels = channels;
        this.memberships = memberships;
    }

    /** What the user may do by membership and namespace; what its token grants beyond that is for the caller to add. So a foreign channel is answered too. */
    @GET
    @Path("channels/{channel}/access")
    public ChannelAccess access(@PathParam("channel") ChannelName channel, @QueryParam("user") @Nullable UserId user) {
        if (user == null) {
            throw new Refusal(ErrorCode.BAD_REQUEST, "user: is required");
        }
        NamespacePolicy policy = channels.requirePolicy(channel);
        return policy.durable()
                ? durable(channels.require(channel, Asker.plain(user, caller.trace())))
                : ephemeral(channel, policy);
    }

    @GET
    @Path("users/{user}/channels")
    public MembershipList memberships(@PathParam("user") UserId user) {
        return new MembershipList(memberships.ofUser(user, MOST_CHANNELS));
    }

    private static ChannelAccess durable(ChannelView view) {
        NamespacePolicy policy = view.policy();
        return new ChannelAccess(
                view.channel().name(),
                true,
                policy.presence(),
                policy.push(),
                view.channel().epoch(),
                view.channel().head(),
                view.read(),
                policy.maxMessageBytes(),
                policy.mayRead(view.member(), false),
                policy.mayPublish(view.member(), Grant.NONE) && !view.channel().archived(),
                view.member(),
                policy.conflate());
    }

    private static ChannelAccess ephemeral(ChannelName channel, NamespacePolicy policy) {
        return new ChannelAccess(
                channel,
                false,
                policy.presence(),
                policy.push(),
                null,
                0,
                0,
                policy.maxMessageBytes(),
                policy.mayRead(false, false),
                policy.mayPublish(false, Grant.NONE),
                false,
                policy.conflate());
    }
}
