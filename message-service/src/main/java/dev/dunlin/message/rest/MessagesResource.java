package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.Settled;
import dev.dunlin.message.history.History;
import dev.dunlin.message.history.MessagePage;
import dev.dunlin.message.history.Retained;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The messages of a channel: publish, page, edit, delete, react. */
@Path("/v1/channels/{channel}/messages")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {
    private static final int USUAL = 50;

    private final Caller caller;
    private final Channels channels;
    private final History history;
    private final Retained retained;
    private final CommandGateway gateway;

    MessagesResource(Caller caller, Channels channels, History history, Retained retained, CommandGateway gateway) {
        this.caller = caller;
        this.channels = channels;
        this.history = history;
        this.retained = retained;
        this.gateway = gateway;
    }

    @POST
    @Operation(operationId = "publishMessage", summary = "Publish a message")
    @APIResponse(
            responseCode = "201",
            description = "The message was published.",
            content = @Content(schema = @Schema(implementation = Bodies.Accepted.class)))
    @APIResponse(
            responseCode = "200",
            description = "The caller published this id before. The answer has its first seq.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Response publish(
            @PathParam("channel") ChannelName channel,
            @HeaderParam("Idempotency-Key") @Nullable ClientMessageId key,
            Bodies.@Nullable NewMessage body) {
        Bodies.NewMessage message = Askers.require(body);
        ClientMessageId id = message.id() != null ? message.id() : key;
        if (id == null) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "id: is required, in the body or as the header Idempotency-Key");
        }
        requireFits(channel, message.data());
        Settled settled = ask(channel, new Publish(id, message.data(), message.replyTo(), message.mentions()));
        boolean first = history.origin(channel, settled.ack().seq()).equals(Optional.of(settled.position()));
        return Response.status(first ? Response.Status.CREATED : Response.Status.OK)
                .entity(Bodies.Accepted.of(settled.ack()))
                .build();
    }

    @GET
    @Operation(
            operationId = "listMessages",
            summary = "Read a page of messages as they are now",
            description = "Without after and before: the newest.")
    public MessagePage list(
            @PathParam("channel") ChannelName channel,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Schema(maximum = "" + MessagePage.MOST, defaultValue = "" + USUAL) @Nullable
                    String limit) {
        Optional<Long> from = Query.seq("after", after);
        Optional<Long> until = Query.seq("before", before);
        int size = Query.limit(limit, USUAL, MessagePage.MOST);
        if (from.isPresent() && until.isPresent()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "after, before: only one of them");
        }
        long first = retained.first(Askers.orRefuse(channels.readable(channel, Askers.of(caller, channel))));
        return from.isPresent()
                ? MessagePage.after(history, channel, first, from.get(), size)
                : MessagePage.before(history, channel, first, until.orElse(Long.MAX_VALUE), size);
    }

    @PATCH
    @Path("{seq:[0-9]{1,18}}")
    @Operation(operationId = "editMessage", summary = "Edit a message")
    @APIResponse(responseCode = "200", description = "The message was edited.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Bodies.Accepted edit(
            @PathParam("channel") ChannelName channel, @PathParam("seq") long seq, Bodies.@Nullable NewData body) {
        Bodies.NewData edit = Askers.require(body);
        requireFits(channel, edit.data());
        return change(channel, new Edit(seq, edit.data(), edit.mentions()));
    }

    @DELETE
    @Path("{seq:[0-9]{1,18}}")
    @Operation(operationId = "deleteMessage", summary = "Delete a message")
    @APIResponse(responseCode = "200", description = "The message was deleted.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Bodies.Accepted delete(@PathParam("channel") ChannelName channel, @PathParam("seq") long seq) {
        return change(channel, new Delete(seq));
    }

    @PUT
    @Path("{seq:[0-9]{1,18}}/reactions/{emoji}")
    @Operation(operationId = "addReaction", summary = "React to a message")
    @APIResponse(responseCode = "200", description = "The reaction was added.")
    @APIResponse(
            responseCode = "409",
            description = "The user has too many reactions to the message, or the channel is archived.")
    public Bodies.Accepted react(
            @PathParam("channel") ChannelName channel, @PathParam("seq") long seq, @PathParam("emoji") Emoji emoji) {
        return change(channel, new React(seq, emoji, false));
    }

    @DELETE
    @Path("{seq:[0-9]{1,18}}/reactions/{emoji}")
    @Operation(operationId = "removeReaction", summary = "Remove a reaction")
    @APIResponse(responseCode = "200", description = "The reaction was removed.")
    @APIResponse(responseCode = "409", description = "The request contradicts the state of the channel.")
    public Bodies.Accepted unreact(
            @PathParam("channel") ChannelName channel, @PathParam("seq") long seq, @PathParam("emoji") Emoji emoji) {
        return change(channel, new React(seq, emoji, true));
    }

    /** Refuses here what the writer would refuse, so that it need not fit in a Kafka record. */
    private void requireFits(ChannelName channel, JsonNode data) {
        Askers.requireNone(Askers.findOversize(Askers.orRefuse(channels.durable(channel)), data));
    }

    private Bodies.Accepted change(ChannelName channel, ChannelCommand.Operation operation) {
        return Bodies.Accepted.of(ask(channel, operation).ack());
    }

    private Settled ask(ChannelName channel, ChannelCommand.Operation operation) {
        Askers.orRefuse(channels.durable(channel));
        return Askers.settled(gateway.ask(channel, Askers.of(caller, channel), operation));
    }
}
