package dev.dunlin.presence.http;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.presence.status.OwnPresence;
import dev.dunlin.presence.status.Standing;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.presence.visibility.Visibility;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.VisibleTo;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a user says of itself. */
@Path("/v1/presence/me")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Presence")
@Produces(MediaType.APPLICATION_JSON)
public class OwnPresenceResource {
    private final StatusBoard statuses;
    private final OwnPresence own;
    private final Visibility visibility;
    private final Caller caller;
    private final InstantSource clock;

    OwnPresenceResource(
            StatusBoard statuses, OwnPresence own, Visibility visibility, Caller caller, InstantSource clock) {
        this.statuses = statuses;
        this.own = own;
        this.visibility = visibility;
        this.caller = caller;
        this.clock = clock;
    }

    /** The caller's presence as it is, and what the caller chose. */
    @GET
    @Operation(operationId = "getOwnPresence", summary = "Read your own presence and what you chose for it")
    public OwnState get() {
        Standing me = statuses.find(List.of(caller.user())).getFirst();
        StatusChoice choice = me.chosen().choice().at(clock.millis());
        return OwnState.of(me.real(clock.instant()), choice, visibility.visibleTo(me));
    }

    /** Replaces what the caller says of itself; {@code {}} ends it. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "chooseStatus", summary = "Say that you are away, not to be disturbed or invisible")
    public OwnState choose(@Nullable StatusChoice choice) {
        StatusChoice chosen = required(choice);
        Long until = chosen.until();
        if (until != null && until <= clock.millis()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "until: must be in the future, in milliseconds since 1970");
        }
        UserId user = caller.user();
        own.choose(user, chosen);
        Standing me = statuses.find(List.of(user)).getFirst();
        return OwnState.of(me.with(chosen).real(clock.instant()), chosen, visibility.visibleTo(me));
    }

    /** Changes who sees the caller's presence; {@code {}} leaves it to the operator again. */
    @PUT
    @Path("visibility")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "chooseVisibility", summary = "Choose who sees your presence")
    public OwnState showTo(@Nullable VisibilityBody body) {
        VisibleTo visibleTo = required(body).visibleTo();
        UserId user = caller.user();
        own.showTo(user, visibleTo);
        Standing me = statuses.find(List.of(user)).getFirst();
        return OwnState.of(
                me.real(clock.instant()),
                me.chosen().choice().at(clock.millis()),
                visibility.visibleTo(me.with(visibleTo)));
    }

    /**
     * Who shall see the caller's presence.
     *
     * @param visibleTo as the operator configured if absent
     */
    public record VisibilityBody(@Nullable VisibleTo visibleTo) {}

    private static <T> T required(@Nullable T body) {
        if (body == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "the body must be a JSON object");
        }
        return body;
    }
}
