package dev.dunlin.presence.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Presence for other services, see {@code docs/architecture.md}. */
@Path("/internal/presence")
@RolesAllowed({TokenScopes.INTERNAL, TokenScopes.SERVER})
@RunOnVirtualThread
@Tag(name = "Internal")
@Produces(MediaType.APPLICATION_JSON)
public class InternalResource {
    private final PresenceViews views;

    InternalResource(PresenceViews views) {
        this.views = views;
    }

    /** Returns statuses in the order of the query. */
    @POST
    @Operation(operationId = "presenceOfMany", summary = "Read the presence of users")
    public PresenceList users(@Nullable UsersQuery query) {
        if (query == null
                || query.users() == null
                || query.users().isEmpty()
                || query.users().size() > (query.asItIs() ? UsersQuery.MOST_AS_IT_IS : UsersQuery.MOST)
                || query.users().stream().anyMatch(Objects::isNull)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "users: must be 1 to " + UsersQuery.MOST + " users, or up to " + UsersQuery.MOST_AS_IT_IS
                            + " without viewer and shown");
        }
        return views.list(query);
    }
}
