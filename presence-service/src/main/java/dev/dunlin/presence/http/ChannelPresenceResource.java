package dev.dunlin.presence.http;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.presence.channel.ChannelOccupancy;
import dev.dunlin.presence.channel.ChannelPresence;
import dev.dunlin.presence.channel.ChannelUsers;
import dev.dunlin.presence.channel.ChannelUsers.Answer;
import dev.dunlin.presence.channel.PageRequest;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Who is in a channel, for users who may subscribe to it. */
@Path("/v1/channels/{channel}")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Presence")
@Produces(MediaType.APPLICATION_JSON)
public class ChannelPresenceResource {
    private final ChannelUsers users;
    private final Caller caller;

    ChannelPresenceResource(ChannelUsers users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    /** The members who are online, or a page of the subscribers. */
    @GET
    @Path("/presence")
    @Operation(operationId = "getChannelPresence", summary = "Read who is in a channel, and how many")
    public ChannelPresence presence(
            @PathParam("channel") ChannelName channel,
            @QueryParam("limit")
                    @Schema(maximum = "" + PageRequest.MOST, defaultValue = "" + PageRequest.USUAL)
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        return answer(channel, () -> users.presence(channel, caller.user(), caller.canSubscribe(channel), page));
    }

    /** How many users are there, with how many links. */
    @GET
    @Path("/occupancy")
    @Operation(operationId = "getChannelOccupancy", summary = "Read how many users and links are in a channel")
    public ChannelOccupancy occupancy(@PathParam("channel") ChannelName channel) {
        return answer(channel, () -> users.occupancy(channel, caller.user(), caller.canSubscribe(channel)));
    }

    private <T> T answer(ChannelName channel, Supplier<Answer<T>> question) {
        MDC.put("traceId", caller.trace());
        try {
            return switch (question.get()) {
                case Answer.Found<T>(T value) -> value;
                case Answer.Forbidden<T>() ->
                    throw new RefusedException(ErrorCode.FORBIDDEN, "you may not read " + channel);
                case Answer.Missing<T>() ->
                    throw new RefusedException(
                            ErrorCode.NOT_FOUND, channel + ": no such channel, or its namespace does not show this");
            };
        } finally {
            MDC.remove("traceId");
        }
    }
}
