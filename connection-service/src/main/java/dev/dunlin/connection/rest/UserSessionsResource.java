package dev.dunlin.connection.rest;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannels;
import dev.dunlin.protocol.bus.UserNotice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Ends the links of a user, on every node. */
@Path("/v1/users/{user}/sessions")
@RolesAllowed("server")
@Produces(MediaType.APPLICATION_JSON)
public class UserSessionsResource {
    private final Bus bus;

    @Inject
    UserSessionsResource(Bus bus) {
        this.bus = bus;
    }

    @DELETE
    @RunOnVirtualThread
    @Operation(summary = "Close every link of the user with 4401")
    public void end(@PathParam("user") UserId user) {
        try {
            bus.publish(BusChannels.ofUser(user), Json.write(new UserNotice.EndSessions()))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new Refusal(ErrorCode.UNAVAILABLE, "the nodes cannot be reached now", Duration.ofSeconds(1));
        }
    }
}
