package dev.dunlin.connection.presence.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The calls of connection-service to presence-service. Blocks: call it on virtual threads only. */
@RegisterRestClient(configKey = "presence-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/internal/presence")
public interface PresenceServiceClient {
    @POST
    PresenceList presence(UsersQuery query);
}
