package dev.dunlin.message.rest;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadList.Unread;
import dev.dunlin.protocol.http.UnreadQuery;
import dev.dunlin.protocol.http.UnreadQuery.Asked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How much users have not read: push-service shows it as the badge of an app. */
@Path("/internal/unread")
@RolesAllowed({TokenScopes.INTERNAL, TokenScopes.SERVER})
@RunOnVirtualThread
@Tag(name = "Internal")
@Produces(MediaType.APPLICATION_JSON)
public class UnreadResource {
    private final Memberships memberships;

    UnreadResource(Memberships memberships) {
        this.memberships = memberships;
    }

    /** The cost is that of {@link Memberships#unread}: it grows with the channels of the users. */
    @POST
    @Operation(operationId = "unread", summary = "Read how much users have not read, in all and in one channel")
    public UnreadList unread(@Nullable UnreadQuery query) {
        List<Asked> asked = Askers.require(query).asked();
        if (asked == null
                || asked.size() > UnreadQuery.MOST
                || asked.stream().anyMatch(one -> one == null || one.user() == null || one.channel() == null)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "asked: at most " + UnreadQuery.MOST + ", each with a user and a channel");
        }
        Map<Asked, Unread> counted = memberships.unread(new HashSet<>(asked));
        return new UnreadList(asked.stream()
                .map(one -> counted.getOrDefault(one, Unread.NOTHING))
                .toList());
    }
}
