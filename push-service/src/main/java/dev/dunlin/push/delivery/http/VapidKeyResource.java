package dev.dunlin.push.delivery.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.push.device.ServerKeys;
import io.quarkus.security.Authenticated;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The key that a browser needs to subscribe. */
@Path("/v1/push/vapid-public-key")
@Authenticated
@Tag(name = "Devices")
@Produces(MediaType.APPLICATION_JSON)
public class VapidKeyResource {
    private final ServerKeys keys;

    @Inject
    VapidKeyResource(ServerKeys keys) {
        this.keys = keys;
    }

    /**
     * The answer.
     *
     * @param key a point of P-256, uncompressed, base64url
     * @param id its name; a device shows that of the key it subscribed with
     */
    @Schema(name = "VapidPublicKey")
    public record PublicKey(String key, String id) {}

    @GET
    @Operation(operationId = "getVapidPublicKey", summary = "Read the applicationServerKey for PushManager.subscribe")
    @APIResponse(responseCode = "200", description = "The newest key: a point of P-256, uncompressed, in base64url.")
    @APIResponse(responseCode = "404", description = "Web Push is not configured on this server.")
    public PublicKey key() {
        return keys.newest()
                .map(key -> new PublicKey(key.publicKey(), key.id()))
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.NOT_FOUND, "webpush is not configured on this server (it has no VAPID key)"));
    }
}
