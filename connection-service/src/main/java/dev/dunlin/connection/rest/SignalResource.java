package dev.dunlin.connection.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.auth.jwt.JwtIdentities;
import dev.dunlin.connection.rate.FrameLimits;
import dev.dunlin.connection.signal.Signals;
import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Ephemeral signals for clients without a WebSocket. */
@Path("/v1/channels/{channel}/signals")
@Authenticated
@Tag(name = "Signals")
@Produces(MediaType.APPLICATION_JSON)
public class SignalResource {
    private final Signals signals;
    private final Caller caller;
    private final JsonWebToken token;
    private final FrameLimits limits;

    @Inject
    SignalResource(Signals signals, Caller caller, JsonWebToken token, FrameLimits limits) {
        this.signals = signals;
        this.caller = caller;
        this.token = token;
        this.limits = limits;
    }

    /** What to send; {@code data} may be any JSON. */
    @Schema(name = "NewSignal")
    public record Signal(JsonNode data) {
        public Signal {
            Check.data("data", data);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            operationId = "sendSignal",
            summary = "Send a signal to everyone who is subscribed now; it is not stored")
    @APIResponse(responseCode = "202", description = "The signal was sent.")
    public Response send(@PathParam("channel") ChannelName channel, @Nullable Signal signal) {
        if (signal == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "body: is required");
        }
        JsonNode data = signal.data();
        if (Json.write(data).length > limits.maxMessageBytes()) {
            throw new RefusedException(
                    ErrorCode.TOO_LARGE, "data: must be at most " + limits.maxMessageBytes() + " bytes");
        }
        Identity sender = JwtIdentities.of(token);
        try {
            signals.sendIfAllowed(new ServerFrame.Signal(channel, sender.user(), data), sender, null, caller.trace())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RefusedException refusal ? refusal : unavailable(e);
        }
        return Response.accepted().build();
    }

    private static RuntimeException unavailable(CompletionException e) {
        return e.getCause() instanceof IOException
                ? new RefusedException(ErrorCode.UNAVAILABLE, "signals cannot be sent now", Duration.ofSeconds(1))
                : e;
    }
}
