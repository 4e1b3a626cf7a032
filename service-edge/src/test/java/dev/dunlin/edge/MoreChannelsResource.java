package dev.dunlin.edge;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** A second class under paths of {@link EchoResource}: the framework looks for a method in the last class that matches. */
@Path("/channels/{channel}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class MoreChannelsResource {
    @PUT
    @Path("more")
    public String put(@PathParam("channel") String channel) {
        return channel;
    }
}
