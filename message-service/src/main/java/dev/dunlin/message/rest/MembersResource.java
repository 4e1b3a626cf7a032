package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.invite.Invitations;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The members of a channel. */
@Path("/v1/channels/{channel}/members")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Members")
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
    private final Caller caller;
    private final Channels channels;
    private final Memberships memberships;
    private final ChannelPages pages;
    private final CommandGateway gateway;
    private final Invitations invitations;

    MembersResource(
            Caller caller,
            Channels channels,
            Memberships memberships,
            ChannelPages pages,
            CommandGateway gateway,
            Invitations invitations) {
        this.caller = caller;
        this.channels = channels;
        this.memberships = memberships;
        this.pages = pages;
        this.gateway = gateway;
        this.invitations = invitations;
    }

    @GET
    @Operation(operationId = "listMembers", summary = "List the members of a channel")
    public MemberPage list(
            @PathParam("channel") ChannelName channel,
            @QueryParam("limit")
                    @Schema(maximum = "" + ChannelPages.MOST, defaultValue = "" + ChannelPages.USUAL_MEMBERS)
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Askers.orRefuse(channels.readable(channel, Askers.of(caller, channel)));
        return pages.members(channel, limit, cursor);
    }

    @PUT
    @Path("{user}")
    @Operation(
            operationId = "putMember",
            summary = "Add a member, or change its role",
            description = "Without a role, an existing member keeps its own.")
    @APIResponse(responseCode = "200", description = "The member as it is now.")
    @APIResponse(responseCode = "409", description = "The channel would have no owner, or is archived.")
    public MemberPage.Member put(
            @PathParam("channel") ChannelName channel,
            @PathParam("user") UserId user,
            @RequestBody(required = false) Bodies.@Nullable NewRole body) {
        NamespacePolicy policy = Askers.orRefuse(channels.durable(channel));
        Asker asker = Askers.of(caller, channel);
        if (asker.grant() != Grant.SERVER && adds(channel, asker.user(), user)) {
            Askers.requireNone(invitations.tryMember(policy, asker.user(), user));
        }
        Askers.settled(gateway.ask(
                channel,
                asker,
                new AddMember(user, roleFor(channel, user, body), body == null ? null : body.successor())));
        return memberships
                .find(channel, user)
                .orElseThrow(() -> new RefusedException(ErrorCode.CONFLICT, user + " was removed by another request"));
    }

    @DELETE
    @Path("{user}")
    @Operation(operationId = "removeMember", summary = "Remove a member, or leave")
    @APIResponse(responseCode = "204", description = "The user is no member.")
    @APIResponse(responseCode = "409", description = "The only owner named no successor, or the channel is archived.")
    public void remove(
            @PathParam("channel") ChannelName channel,
            @PathParam("user") UserId user,
            @QueryParam("successor") @Nullable UserId successor) {
        Askers.orRefuse(channels.durable(channel));
        Askers.settled(gateway.ask(channel, Askers.of(caller, channel), new RemoveMember(user, successor)));
    }

    /**
     * Whether an owner adds a user who is not a member yet. The command of anybody else is refused,
     * so nothing is looked up for it and it reveals nothing.
     */
    private boolean adds(ChannelName channel, UserId asker, UserId user) {
        return !asker.equals(user)
                && memberships
                        .find(channel, asker)
                        .filter(member -> member.role() == Role.OWNER)
                        .isPresent()
                && memberships.find(channel, user).isEmpty();
    }

    private Role roleFor(ChannelName channel, UserId user, Bodies.@Nullable NewRole body) {
        if (body != null && body.role() != null) {
            return body.role();
        }
        return memberships.find(channel, user).map(MemberPage.Member::role).orElse(Role.MEMBER);
    }
}
