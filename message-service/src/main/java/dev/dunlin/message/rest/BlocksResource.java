package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.message.contact.Blocks;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.contact.Contacts.Blocked;
import dev.dunlin.protocol.UserId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
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

/** The users whom the caller blocks. */
@Path("/v1/users/me/blocks")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Blocks")
@Produces(MediaType.APPLICATION_JSON)
public class BlocksResource {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Caller caller;
    private final Blocks blocks;
    private final Contacts contacts;

    BlocksResource(Caller caller, Blocks blocks, Contacts contacts) {
        this.caller = caller;
        this.blocks = blocks;
        this.contacts = contacts;
    }

    @GET
    @Operation(operationId = "listBlocks", summary = "List the users whom the caller blocks")
    public Bodies.BlockPage list(
            @QueryParam("limit") @Schema(maximum = "" + MOST, defaultValue = "" + USUAL) @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int size = Query.limit(limit, USUAL, MOST);
        List<Blocked> found = contacts.blocked(caller.user(), Query.user(cursor), size + 1);
        return found.size() <= size
                ? new Bodies.BlockPage(found, null)
                : new Bodies.BlockPage(
                        found.subList(0, size),
                        Query.toCursor(found.get(size - 1).user().value()));
    }

    @PUT
    @Path("{user}")
    @Operation(operationId = "blockUser", summary = "Block a user; repeating it changes nothing")
    @APIResponse(responseCode = "204", description = "The user is blocked.")
    @APIResponse(responseCode = "409", description = "The caller blocks too many users.")
    public void add(@PathParam("user") UserId user) {
        Askers.requireNone(blocks.add(caller.user(), user, caller.trace()));
    }

    @DELETE
    @Path("{user}")
    @Operation(operationId = "unblockUser", summary = "Unblock a user; repeating it changes nothing")
    @APIResponse(responseCode = "204", description = "The user is not blocked.")
    public void remove(@PathParam("user") UserId user) {
        Askers.requireNone(blocks.remove(caller.user(), user, caller.trace()));
    }
}
