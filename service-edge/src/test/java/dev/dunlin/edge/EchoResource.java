package dev.dunlin.edge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The smallest service that uses all of the edge. */
@Path("/")
@Authenticated
public class EchoResource {
    private final Caller caller;
    private final Itself itself;

    @Inject
    EchoResource(Caller caller, @RestClient Itself itself) {
        this.caller = caller;
        this.itself = itself;
    }

    /** The same resource over HTTP. */
    @Path("/")
    @RegisterRestClient(configKey = "itself")
    @RegisterProvider(ServiceTokenFilter.class)
    public interface Itself {
        @GET
        @Path("internal/who")
        Map<String, String> who();
    }

    @GET
    @Path("channels/{channel}")
    public Map<String, String> channel(
            @PathParam("channel") ChannelName channel, @QueryParam("user") @Nullable UserId user) {
        return Map.of(
                "channel", channel.value(),
                "caller", caller.user().value(),
                "user", String.valueOf(user),
                "grant", caller.grant(channel).name(),
                "read", Boolean.toString(caller.canSubscribe(channel)),
                "trace", caller.trace().toString());
    }

    @GET
    @Path("users/{user}")
    public String user(@PathParam("user") UserId user) {
        return user.value();
    }

    @DELETE
    @Path("users/{user}")
    public String remove(@PathParam("user") UserId user) {
        return user.value();
    }

    @POST
    @Path("positions")
    public StreamPosition position(StreamPosition position) {
        return position;
    }

    /** A body of one field. */
    public record Word(String word) {}

    @POST
    @Path("words")
    public Word word(Word word) {
        return word;
    }

    @GET
    @Path("unspecific")
    public Response unspecific() {
        return Response.ok(Map.of("a", "b")).build();
    }

    @GET
    @Path("busy")
    public String busy() {
        throw new RefusedException(ErrorCode.OVERLOADED, "try later", Duration.ofMillis(1200));
    }

    @GET
    @Path("broken")
    public String broken() {
        throw new IllegalStateException("secret detail");
    }

    @DELETE
    @Path("v1/users/{user}/sessions")
    @RolesAllowed("server")
    public void privileged(@PathParam("user") UserId user) {}

    @POST
    @Path("v1/channels/{channel}/messages")
    public void publish(@PathParam("channel") ChannelName channel) {}

    @GET
    @Path("internal/who")
    public Map<String, String> who() {
        return Map.of("caller", caller.user().value(), "trace", caller.trace().toString());
    }

    @POST
    @Path("internal/words")
    public Word internalWord(Word word) {
        return word;
    }

    @GET
    @Path("forward")
    @RolesAllowed("server")
    public Map<String, String> forward() {
        MDC.put("traceId", caller.trace());
        return itself.who();
    }
}
