package dev.dunlin.push.channel.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.TextList;
import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The calls of push-service to message-service. */
@RegisterRestClient(configKey = "message-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/")
public interface MessageServiceClient {
    @GET
    @Path("internal/channels/{channel}/access")
    ChannelAccess access(@PathParam("channel") ChannelName channel, @QueryParam("user") UserId user);

    @GET
    @Path("internal/channels/{channel}/members")
    MemberPage members(
            @PathParam("channel") ChannelName channel,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") @Nullable String cursor);

    @GET
    @Path("internal/users/{user}/channels")
    MembershipList channelsOf(@PathParam("user") UserId user, @QueryParam("limit") int limit);

    @POST
    @Path("internal/texts")
    TextList texts(TextQuery query);

    @POST
    @Path("internal/unread")
    UnreadList unread(UnreadQuery query);
}
