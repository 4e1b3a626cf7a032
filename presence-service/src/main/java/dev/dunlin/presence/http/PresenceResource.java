package dev.dunlin.presence.http;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Presence over REST. */
@Path("/v1")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Presence")
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {
    private static final int MOST_USERS = 100;

    private final PresenceViews views;
    private final Caller caller;

    PresenceResource(PresenceViews views, Caller caller) {
        this.views = views;
        this.caller = caller;
    }

    /** Statuses in the order of the query, as far as the caller may see them. */
    @GET
    @Path("/presence")
    @Operation(operationId = "getPresence", summary = "Read whether users are online, and when they were last seen")
    public PresenceList users(
            @QueryParam("user")
                    @Parameter(required = true)
                    @Schema(type = SchemaType.ARRAY, implementation = UserId.class, minItems = 1, maxItems = MOST_USERS)
                    List<UserId> users) {
        if (users.isEmpty() || users.size() > MOST_USERS) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "user: must be given 1 to " + MOST_USERS + " times");
        }
        PresenceList found = views.list(new UsersQuery(users, caller.server() ? null : caller.user(), null, null));
        return new PresenceList(found.users());
    }
}
