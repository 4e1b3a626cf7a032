package dev.dunlin.edge;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Two classes under one path, like channels and their members. The framework searches only the last
 * class that matches.
 */
final class TwoClasses {
    private TwoClasses() {}

    /** The things. */
    @Path("/things")
    @Authenticated
    @Produces(MediaType.APPLICATION_JSON)
    public static class Things {
        @GET
        @Path("{thing}")
        public String read(@PathParam("thing") String thing) {
            return thing;
        }
    }

    /** What a thing has. */
    @Path("/things/{thing}")
    @Authenticated
    @Produces(MediaType.APPLICATION_JSON)
    public static class Parts {
        @PUT
        @Path("part")
        public String put(@PathParam("thing") String thing) {
            return thing;
        }
    }
}
