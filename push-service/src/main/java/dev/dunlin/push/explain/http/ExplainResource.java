package dev.dunlin.push.explain.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.explain.Explanation;
import dev.dunlin.push.explain.Explanations;
import dev.dunlin.push.schedule.Pending;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators ask about notifications. */
@Path("/v1/push")
@RolesAllowed(TokenScopes.SERVER)
@RunOnVirtualThread
@Tag(name = "Devices")
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {
    private static final int MOST_DEVICES = 1_000;

    private final Explanations explanations;
    private final Pending pending;
    private final Clock clock;

    @Inject
    ExplainResource(Explanations explanations, Pending pending, Clock clock) {
        this.explanations = explanations;
        this.pending = pending;
        this.clock = clock;
    }

    @GET
    @Path("explain")
    @Operation(
            operationId = "explainNotification",
            summary = "Read why a user was notified of a message, or was not (server scope)")
    @APIResponse(responseCode = "200", description = "What was decided, and what became of it on each device.")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of the message.")
    public Explanation explain(
            @QueryParam("user") @Nullable UserId user,
            @QueryParam("channel") @Nullable ChannelName channel,
            @QueryParam("seq") @Nullable Long seq) {
        UserId who = require("user", user);
        ChannelName where = require("channel", channel);
        long which = require("seq", seq);
        return explanations
                .of(who, where, which)
                .orElseThrow(
                        () -> new RefusedException(
                                ErrorCode.NOT_FOUND,
                                "nothing is recorded of this message: there is none, it is too old, or its namespace notifies nobody"));
    }

    /**
     * Which notifications are to be tried again.
     *
     * @param since those that were given up since then, in milliseconds since 1970
     * @param devices of these devices, at most 1,000; absent: of all
     */
    @Schema(name = "ReplayPush")
    public record Replay(@Nullable Long since, @Nullable List<UUID> devices) {}

    /** How many notifications are tried again. */
    @Schema(name = "ReplayedPush")
    public record Replayed(int notifications) {}

    @POST
    @Path("replay")
    @Operation(
            operationId = "replayNotifications",
            summary = "Try again what was given up or refused, as far as it is not read (server scope)")
    public Replayed replay(@Nullable Replay request) {
        Replay wanted = require("body", request);
        long since = require("since", wanted.since());
        List<UUID> devices = wanted.devices() == null ? List.of() : wanted.devices();
        if (devices.size() > MOST_DEVICES || devices.stream().anyMatch(Objects::isNull)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "devices: must be at most " + MOST_DEVICES + " ids");
        }
        return new Replayed(pending.replay(
                Instant.ofEpochMilli(since), devices.stream().map(DeviceId::new).toList(), clock.instant()));
    }

    private static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, field + ": is required");
        }
        return value;
    }
}
