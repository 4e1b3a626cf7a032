package dev.dunlin.push.presence.http;

import dev.dunlin.edge.ServiceTokenFilter;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.PresenceList;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/** What push-service asks of presence-service. */
@RegisterRestClient(configKey = "presence-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/presence")
interface PresenceServiceClient {
    @GET
    PresenceList presence(@RestQuery("user") List<UserId> users);
}
