package dev.dunlin.connection.rest;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/**
 * Ends the links of a user on every node, and revokes the tokens issued before. Answers once that
 * is durable.
 */
@Path("/v1/users/{user}/sessions")
@RolesAllowed("server")
@Tag(name = "Back end")
@Produces(MediaType.APPLICATION_JSON)
public class UserSessionsResource {
    private static final Logger LOG = Logger.getLogger(UserSessionsResource.class);

    private final Bus bus;
    private final KafkaRecords records;
    private final Revocations revocations;
    private final Caller caller;
    private final InstantSource clock;

    @Inject
    UserSessionsResource(Bus bus, KafkaRecords records, Revocations revocations, Caller caller, InstantSource clock) {
        this.bus = bus;
        this.records = records;
        this.revocations = revocations;
        this.caller = caller;
        this.clock = clock;
    }

    @DELETE
    @RunOnVirtualThread
    @Operation(
            operationId = "endSessions",
            summary = "Close every link of a user with 4401, and revoke the tokens issued before now",
            description = "Needs the scope server.")
    @APIResponse(responseCode = "204", description = "The tokens are revoked.")
    public void end(@PathParam("user") UserId user) {
        SessionsEnded ended = new SessionsEnded(user, clock.millis());
        try {
            records.append(Topics.USER_EVENTS, user.value(), Json.write(ended), caller.trace())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new RefusedException(
                    ErrorCode.UNAVAILABLE, "it cannot be written to the log now", Duration.ofSeconds(1));
        }
        revocations.add(ended); // at once here; the other processes read the event
        closeLinks(user);
    }

    /**
     * Closes all links at once, even those whose token was issued in this second. If the bus is
     * unreachable, nodes close links of older tokens when they read the event.
     */
    private void closeLinks(UserId user) {
        try {
            bus.publish(BusChannel.ofUser(user), Json.write(UserNotice.EndSessions.all()))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            LOG.warnf("The bus is unreachable: links of %s close when the nodes read user.events", user);
        }
    }
}
