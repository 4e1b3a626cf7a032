package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.Settled;
import dev.dunlin.message.history.Retained;
import dev.dunlin.message.invite.Invitations;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.membership.Memberships.Place;
import dev.dunlin.message.membership.Memberships.Summary;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.upkeep.Upkeep;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.PurgeChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Channels: create, list, read, rename, archive. */
@Path("/v1/channels")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Channels")
@Produces(MediaType.APPLICATION_JSON)
public class ChannelsResource {
    private static final int USUAL = 100;
    private static final int MOST = 200;

    private final Caller caller;
    private final Channels channels;
    private final Namespaces namespaces;
    private final Memberships memberships;
    private final Retained retained;
    private final Upkeep upkeep;
    private final Invitations invitations;
    private final CommandGateway gateway;

    ChannelsResource(
            Caller caller,
            Channels channels,
            Namespaces namespaces,
            Memberships memberships,
            Retained retained,
            CommandGateway gateway,
            Upkeep upkeep,
            Invitations invitations) {
        this.caller = caller;
        this.channels = channels;
        this.namespaces = namespaces;
        this.memberships = memberships;
        this.retained = retained;
        this.upkeep = upkeep;
        this.invitations = invitations;
        this.gateway = gateway;
    }

    @POST
    @Operation(operationId = "createChannel", summary = "Create a channel")
    @APIResponse(
            responseCode = "201",
            description = "The channel was created.",
            content = @Content(schema = @Schema(implementation = Bodies.Channel.class)))
    @APIResponse(responseCode = "200", description = "The channel exists, and the caller may see it.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Response create(Bodies.@Nullable NewChannel body) {
        Bodies.NewChannel wanted = Askers.require(body);
        NamespacePolicy policy = Askers.orRefuse(channels.durable(wanted.channel()));
        Asker asker = Askers.of(caller, wanted.channel());
        boolean direct = !wanted.channel().directMembers().isEmpty();
        if (asker.grant() != Grant.SERVER && !direct && !channels.exists(wanted.channel())) {
            Askers.requireNone(invitations.tryCreation(policy, asker.user(), wanted.memberList()));
        }
        Settled settled = Askers.settled(
                gateway.ask(wanted.channel(), asker, new CreateChannel(wanted.title(), wanted.memberList())));
        ChannelView view = Askers.orRefuse(channels.readable(wanted.channel(), asker));
        boolean created = view.channel().origin().equals(settled.position());
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(Bodies.Channel.of(view))
                .build();
    }

    @GET
    @Operation(operationId = "listChannels", summary = "List the caller's channels, those with the newest event first")
    public Bodies.ChannelPage list(
            @QueryParam("limit") @Schema(maximum = "" + MOST, defaultValue = "" + USUAL) @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int size = Query.limit(limit, USUAL, MOST);
        Place after = Query.cursor(cursor).map(ChannelsResource::place).orElse(null);
        List<Summary> found = memberships.summaries(caller.user(), after, size + 1);
        List<Summary> page = found.size() > size ? found.subList(0, size) : found;
        return new Bodies.ChannelPage(
                page.stream().map(this::shown).toList(),
                found.size() > size ? cursor(page.getLast().place()) : null);
    }

    @GET
    @Path("{channel}")
    @Operation(operationId = "getChannel", summary = "Read a channel")
    public Bodies.Channel read(@PathParam("channel") ChannelName channel) {
        return Bodies.Channel.of(Askers.orRefuse(channels.readable(channel, Askers.of(caller, channel))));
    }

    @PATCH
    @Path("{channel}")
    @Operation(
            operationId = "updateChannel",
            summary = "Rename a channel, archive it, or open it again",
            description = "Fields that are left out stay as they are.")
    @APIResponse(responseCode = "200", description = "The channel as it is now.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Bodies.Channel update(@PathParam("channel") ChannelName channel, Bodies.@Nullable ChannelChange body) {
        Askers.orRefuse(channels.durable(channel));
        Asker asker = Askers.of(caller, channel);
        Bodies.ChannelChange change = Askers.require(body);
        Askers.settled(gateway.ask(channel, asker, new UpdateChannel(change.title(), change.archived())));
        return Bodies.Channel.of(Askers.orRefuse(channels.readable(channel, asker)));
    }

    @DELETE
    @Path("{channel}")
    @Operation(operationId = "deleteChannel", summary = "Archive a channel, or delete it for good with purge=true")
    @APIResponse(responseCode = "204", description = "The channel was archived: it can be read, and not changed.")
    @APIResponse(responseCode = "202", description = "The channel was deleted. Its rows are removed in the background.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Response remove(
            @PathParam("channel") ChannelName channel,
            @QueryParam("purge") @Schema(type = SchemaType.BOOLEAN, defaultValue = "false") @Nullable String purge) {
        Askers.orRefuse(channels.durable(channel));
        Asker asker = Askers.of(caller, channel);
        if (Query.flag("purge", purge)) {
            Askers.settled(gateway.ask(channel, asker, new PurgeChannel()));
            upkeep.nudge();
            return Response.accepted().build();
        }
        Askers.settled(gateway.ask(channel, asker, new ArchiveChannel()));
        return Response.noContent().build();
    }

    private Bodies.Channel shown(Summary summary) {
        ServerFrame.Message newest = summary.newest();
        boolean hidden = newest != null
                && namespaces
                        .find(newest.channel())
                        .filter(policy ->
                                newest.seq() < policy.from(summary.joined()) || !retained.shows(policy, newest.ts()))
                        .isPresent();
        return Bodies.Channel.of(hidden ? summary.withoutNewest() : summary);
    }

    private static String cursor(Place place) {
        return Query.toCursor(place.active() + " " + place.channel());
    }

    private static Place place(String held) {
        int space = held.indexOf(' ');
        try {
            return new Place(Long.parseLong(held.substring(0, space)), new ChannelName(held.substring(space + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Query.badCursor();
        }
    }
}
