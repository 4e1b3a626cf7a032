package dev.dunlin.connection.rest;

import dev.dunlin.connection.auth.jwt.JwtIdentities;
import dev.dunlin.connection.ticket.Tickets;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One-use tickets for a handshake whose client can send no header. */
@Path("/v1/tickets")
@Authenticated
@Tag(name = "Streams")
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {
    private final Tickets tickets;
    private final InstantSource clock;
    private final JsonWebToken token;

    @Inject
    TicketResource(Tickets tickets, InstantSource clock, JsonWebToken token) {
        this.tickets = tickets;
        this.clock = clock;
        this.token = token;
    }

    /** {@code expiresAt} in milliseconds since 1970. */
    @Schema(name = "Ticket")
    @RegisterForReflection // the framework does not find it inside a Response
    public record Issued(String ticket, long expiresAt) {}

    @POST
    @RunOnVirtualThread
    @Operation(operationId = "createTicket", summary = "Get a ticket for ?ticket= of one handshake within 30 s")
    @APIResponse(
            responseCode = "201",
            description = "The ticket.",
            content = @Content(schema = @Schema(implementation = Issued.class)))
    public Response issue() {
        Issued issued =
                new Issued(tickets.issue(JwtIdentities.of(token)), clock.millis() + Tickets.LIFETIME.toMillis());
        return Response.status(Response.Status.CREATED)
                .header("Cache-Control", "no-store")
                .entity(issued)
                .build();
    }
}
