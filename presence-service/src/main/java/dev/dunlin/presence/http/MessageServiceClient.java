package dev.dunlin.presence.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.Relations;
import dev.dunlin.protocol.http.RelationsQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/**
 * The calls to message-service as they are on the wire; {@link HttpChannelDirectory} interprets the
 * answers.
 */
@RegisterRestClient(configKey = "message-service")
@RegisterProvider(ServiceTokenFilter.class)
interface MessageServiceClient {
    @GET
    @Path("/internal/channels/{channel}/access")
    ChannelAccess access(@PathParam("channel") String channel, @QueryParam("user") String user);

    @POST
    @Path("/internal/relations")
    Relations relations(RelationsQuery query);

    @GET
    @Path("/internal/channels/{channel}/members")
    MemberPage members(
            @PathParam("channel") String channel,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") @Nullable String cursor);
}
