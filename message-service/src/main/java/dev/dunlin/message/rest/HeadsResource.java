package dev.dunlin.message.rest;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.http.HeadsQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The heads of many channels in one call and one query. A connection node finds with it what the
 * bus lost.
 */
@Path("/internal/heads")
@RolesAllowed({TokenScopes.INTERNAL, TokenScopes.SERVER})
@RunOnVirtualThread
@Tag(name = "Internal")
@Produces(MediaType.APPLICATION_JSON)
public class HeadsResource {
    private final ChannelDirectory directory;

    HeadsResource(ChannelDirectory directory) {
        this.directory = directory;
    }

    @POST
    @Operation(operationId = "heads", summary = "Read how far the logs of channels are")
    public HeadList heads(@Nullable HeadsQuery query) {
        HeadsQuery asked = Askers.require(query);
        if (asked.channels() == null || asked.channels().size() > HeadsQuery.MOST) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "channels: at most " + HeadsQuery.MOST);
        }
        return new HeadList(directory.heads(asked.channels()));
    }
}
