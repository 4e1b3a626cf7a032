package dev.dunlin.push.presence.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The calls of push-service to presence-service. */
@RegisterRestClient(configKey = "presence-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/internal/presence")
interface PresenceServiceClient {
    @POST
    PresenceList presence(UsersQuery query);
}
