package dev.dunlin.push.delivery.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.push.delivery.webpush.Vapid;
import dev.dunlin.push.delivery.webpush.WebPushKey;
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
    private final WebPushKey key;

    @Inject
    VapidKeyResource(WebPushKey key) {
        this.key = key;
    }

    /** The answer: a point of P-256, uncompressed, base64url. */
    @Schema(name = "VapidPublicKey")
    public record PublicKey(String key) {}

    @GET
    @Operation(operationId = "getVapidPublicKey", summary = "Read the applicationServerKey for PushManager.subscribe")
    @APIResponse(responseCode = "200", description = "A point of P-256, uncompressed, in base64url.")
    @APIResponse(responseCode = "404", description = "Web Push is not configured on this server.")
    public PublicKey key() {
        return new PublicKey(key.vapid()
                .map(Vapid::publicKey)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.NOT_FOUND, "webpush is not configured on this server (it has no VAPID key)")));
    }
}
