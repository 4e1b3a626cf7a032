package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.upkeep.Upkeep;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.message.userdata.Export;
import dev.dunlin.message.userdata.UserData;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exports and erases what this service holds of a user. */
@Path("/v1/users/{user}")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Back end")
@Produces(MediaType.APPLICATION_JSON)
public class UserDataResource {
    private final Caller caller;
    private final UserData data;
    private final Contacts contacts;
    private final Erasures erasures;
    private final Upkeep upkeep;
    private final InstantSource clock;

    UserDataResource(
            Caller caller, UserData data, Contacts contacts, Erasures erasures, Upkeep upkeep, InstantSource clock) {
        this.caller = caller;
        this.data = data;
        this.contacts = contacts;
        this.erasures = erasures;
        this.upkeep = upkeep;
        this.clock = clock;
    }

    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    @Operation(operationId = "exportUserData", summary = "Export what is held of a user, one JSON object a line")
    @APIResponse(
            responseCode = "200",
            description = "Objects with the type channel, message, reaction or block. The last one is end.",
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public StreamingOutput export(@PathParam("user") UserId user) {
        if (!caller.server() && !caller.user().equals(user)) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "only the user itself and back ends export its data");
        }
        return out -> Export.write(data, contacts, user, out);
    }

    @DELETE
    @Path("data")
    @RolesAllowed("server")
    @Operation(
            operationId = "eraseUserData",
            summary = "Erase what is held of a user, in the background",
            description = "Needs the scope server. Once it is done, a repetition begins another one.")
    @APIResponse(
            responseCode = "202",
            description = "The erasure began, or is under way.",
            content = @Content(schema = @Schema(implementation = Erasures.Erasure.class)))
    public Response erase(@PathParam("user") UserId user) {
        Erasures.Erasure erasure = erasures.request(user, clock.millis());
        upkeep.nudge();
        return Response.accepted(erasure).build();
    }

    @GET
    @Path("data")
    @RolesAllowed("server")
    @Operation(
            operationId = "getErasure",
            summary = "Read how far the erasure of a user is",
            description = "Needs the scope server.")
    @APIResponse(responseCode = "200", description = "finished is absent until it is done.")
    @APIResponse(responseCode = "404", description = "Nobody asked to erase this user.")
    public Erasures.Erasure erasure(@PathParam("user") UserId user) {
        return erasures.find(user)
                .orElseThrow(
                        () -> new RefusedException(ErrorCode.NOT_FOUND, "no erasure of " + user + " was requested"));
    }
}
