package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.history.History;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The raw log of a channel, and who has followed it how far. */
@Path("/v1/channels/{channel}")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {
    private static final int USUAL = 200;
    private static final int MOST = 1_000;

    private final Caller caller;
    private final Channels channels;
    private final History history;
    private final ChannelPages pages;
    private final CommandGateway gateway;

    LogResource(Caller caller, Channels channels, History history, ChannelPages pages, CommandGateway gateway) {
        this.caller = caller;
        this.channels = channels;
        this.history = history;
        this.pages = pages;
        this.gateway = gateway;
    }

    @GET
    @Path("events")
    @Operation(operationId = "listEvents", summary = "Read a page of the raw log, oldest first")
    public EventPage events(
            @PathParam("channel") ChannelName channel,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit")
                    @Schema(maximum = "" + ChannelPages.MOST, defaultValue = "" + ChannelPages.USUAL_EVENTS)
                    @Nullable
                    String limit) {
        return pages.events(Askers.orRefuse(channels.readable(channel, Askers.of(caller, channel))), after, limit);
    }

    @PUT
    @Path("read")
    @Operation(operationId = "markRead", summary = "Move the caller's read mark forward")
    @APIResponse(responseCode = "204", description = "The mark is there, or further.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public void read(@PathParam("channel") ChannelName channel, Bodies.@Nullable NewMark body) {
        Askers.orRefuse(channels.durable(channel));
        Askers.settled(gateway.ask(
                channel,
                Askers.of(caller, channel),
                new Mark(Mark.Kind.READ, Askers.require(body).seq())));
    }

    @GET
    @Path("receipts")
    @Operation(operationId = "listReceipts", summary = "List who has read and received up to where")
    public Bodies.ReceiptPage receipts(
            @PathParam("channel") ChannelName channel,
            @QueryParam("limit") @Schema(maximum = "" + MOST, defaultValue = "" + USUAL) @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Askers.orRefuse(channels.readable(channel, Askers.of(caller, channel)));
        int size = Query.limit(limit, USUAL, MOST);
        List<History.Receipt> found = history.receipts(channel, Query.user(cursor), size + 1);
        return found.size() <= size
                ? new Bodies.ReceiptPage(found, null)
                : new Bodies.ReceiptPage(
                        found.subList(0, size),
                        Query.toCursor(found.get(size - 1).user().value()));
    }
}
