package dev.dunlin.push.device.http;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.Devices.Change;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.Following;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The devices of the caller. */
@Path("/v1/devices")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Devices")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceResource {
    private final Devices devices;
    private final Registrar registrar;
    private final Following following;
    private final Caller caller;

    @Inject
    DeviceResource(Devices devices, Registrar registrar, Following following, Caller caller) {
        this.devices = devices;
        this.registrar = registrar;
        this.following = following;
        this.caller = caller;
    }

    @POST
    @Operation(operationId = "registerDevice", summary = "Register a phone, a browser or a webhook")
    @APIResponse(
            responseCode = "201",
            description = "The device was registered.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    @APIResponse(responseCode = "200", description = "The user registered this address before. The device was renewed.")
    @APIResponse(responseCode = "409", description = "The user has too many devices.")
    public RestResponse<DeviceView> register(@Nullable RegisterDevice request) throws InvalidInput {
        if (request == null) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "body: is required");
        }
        Registrar.Result result = registrar.register(caller.user(), request);
        following.follow(caller.user()); // the answer promises notifications of what is sent after it
        String made = result.target() instanceof Target.Webhook hook && request.secret() == null ? hook.secret() : null;
        return switch (result.registration()) {
            case Registration.Created(var device) ->
                RestResponse.status(RestResponse.Status.CREATED, DeviceView.of(device, made));
            case Registration.Renewed(var device) -> RestResponse.ok(DeviceView.of(device, made));
            case Registration.TooMany(int allowed) ->
                throw new RefusedException(ErrorCode.CONFLICT, "you have " + allowed + " devices; remove one first");
            case Registration.TooLarge(int allowed) -> throw tooLarge(allowed);
        };
    }

    @GET
    @Operation(operationId = "listDevices", summary = "List the caller's devices, oldest first, without secrets")
    public DeviceView.DeviceList list() {
        return new DeviceView.DeviceList(
                devices.of(caller.user()).stream().map(DeviceView::of).toList());
    }

    @PATCH
    @Path("{id}")
    @Operation(operationId = "changeDevice", summary = "Replace the preferences of a device")
    public DeviceView change(@PathParam("id") UUID id, @Nullable ChangeDevice request) throws InvalidInput {
        Prefs prefs = request == null ? null : request.prefs();
        if (prefs == null) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "prefs: is required");
        }
        return switch (devices.change(caller.user(), new DeviceId(id), prefs)) {
            case Change.Changed(var device) -> DeviceView.of(device);
            case Change.Unknown() -> throw unknown();
            case Change.TooLarge(int allowed) -> throw tooLarge(allowed);
        };
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "removeDevice", summary = "Remove a device and the notifications that wait for it")
    @APIResponse(responseCode = "204", description = "The device was removed.")
    public void remove(@PathParam("id") UUID id) {
        if (!devices.remove(caller.user(), new DeviceId(id))) {
            throw unknown();
        }
    }

    private static RefusedException tooLarge(int allowed) {
        return new RefusedException(
                ErrorCode.TOO_LARGE,
                "prefs: your devices together must take at most " + allowed + " bytes; mute fewer channels");
    }

    private static RefusedException unknown() {
        return new RefusedException(ErrorCode.NOT_FOUND, "you have no such device");
    }
}
