package dev.dunlin.connection.access.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.http.AccessList;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.http.HeadsQuery;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.MembershipsOfMany;
import dev.dunlin.protocol.http.UsersQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The calls of connection-service to message-service. Blocks: call it on virtual threads only. */
@RegisterRestClient(configKey = "message-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/")
public interface MessageServiceClient {
    @GET
    @Path("/internal/channels/{channel}/access")
    ChannelAccess access(@PathParam("channel") String channel, @QueryParam("user") String user);

    @POST
    @Path("/internal/access")
    AccessList access(AccessQuery query);

    @GET
    @Path("/internal/users/{user}/channels")
    MembershipList channels(@PathParam("user") String user);

    @GET
    @Path("/internal/users/{user}/contacts")
    ContactList contacts(@PathParam("user") String user);

    @POST
    @Path("/internal/memberships")
    MembershipsOfMany memberships(UsersQuery query);

    @POST
    @Path("/internal/heads")
    HeadList heads(HeadsQuery query);

    @GET
    @Path("/internal/channels/{channel}/events")
    EventPage events(
            @PathParam("channel") String channel, @QueryParam("after") long after, @QueryParam("limit") int limit);
}
