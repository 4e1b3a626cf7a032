package dev.dunlin.connection.presence.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.http.PresenceList;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What connection-service asks of presence-service. Blocks: on virtual threads only. */
@RegisterRestClient(configKey = "presence-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/presence")
public interface PresenceServiceClient {
    @GET
    PresenceList presence(@QueryParam("user") List<String> users);
}
