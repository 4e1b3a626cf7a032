package dev.dunlin.push.preference.http;

import dev.dunlin.edge.Caller;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.preference.PreferencesStore;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the caller wants to be notified of, on all of its devices. */
@Path("/v1/push/preferences")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Devices")
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesResource {
    private final PreferencesStore store;
    private final Caller caller;

    @Inject
    PreferencesResource(PreferencesStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getPushPreferences", summary = "Read what the caller wants to be notified of")
    public Preferences read() {
        return store.of(caller.user());
    }

    @PUT
    @Operation(operationId = "putPushPreferences", summary = "Replace what the caller wants to be notified of")
    public Preferences replace(@Nullable Preferences wanted) throws InvalidInput {
        Preferences all = require(wanted);
        return store.change(caller.user(), _ -> all);
    }

    @PUT
    @Path("channels/{channel}")
    @Operation(operationId = "putChannelPushPreferences", summary = "Replace what differs in one channel")
    public Preferences replace(@PathParam("channel") ChannelName channel, Preferences.@Nullable OfChannel wanted)
            throws InvalidInput {
        return change(channel, require(wanted));
    }

    @DELETE
    @Path("channels/{channel}")
    @Operation(operationId = "removeChannelPushPreferences", summary = "Want in a channel what is wanted everywhere")
    public Preferences remove(@PathParam("channel") ChannelName channel) throws InvalidInput {
        return change(channel, null);
    }

    private Preferences change(ChannelName channel, Preferences.@Nullable OfChannel here) throws InvalidInput {
        try {
            return store.put(caller.user(), channel, here);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static <T> T require(@Nullable T body) throws InvalidInput {
        if (body == null) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "body: is required");
        }
        return body;
    }
}
