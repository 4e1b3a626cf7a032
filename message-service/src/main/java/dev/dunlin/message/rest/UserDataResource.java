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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Exports and erases what this service holds of a user. */
@Path("/v1/users/{user}")
@Authenticated
@RunOnVirtualThread
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
    @Operation(
            summary =
                    "All that is held of a user, a JSON object a line: channel, message, reaction, block; the last is end")
    public StreamingOutput export(@PathParam("user") UserId user) {
        if (!caller.server() && !caller.user().equals(user)) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "only the user itself and back ends export its data");
        }
        return out -> Export.write(data, contacts, user, out);
    }

    @DELETE
    @Path("data")
    @RolesAllowed("server")
    @Operation(summary = "Erase what is held of a user, in the background; once it is done, ask again to begin anew")
    @APIResponse(responseCode = "202", description = "begun, or under way")
    public Response erase(@PathParam("user") UserId user) {
        Erasures.Erasure erasure = erasures.request(user, clock.millis());
        upkeep.nudge();
        return Response.accepted(erasure).build();
    }

    @GET
    @Path("data")
    @RolesAllowed("server")
    @Operation(summary = "How far the erasure of a user is; finished is absent until it is done")
    public Erasures.Erasure erasure(@PathParam("user") UserId user) {
        return erasures.find(user)
                .orElseThrow(
                        () -> new RefusedException(ErrorCode.NOT_FOUND, "no erasure of " + user + " was requested"));
    }
}
