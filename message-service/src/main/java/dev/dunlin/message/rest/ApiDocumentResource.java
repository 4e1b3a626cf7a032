package dev.dunlin.message.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Serves {@code docs/openapi.yaml} as it was when this service was built: the REST API of all
 * services. Anybody may read it.
 */
@Path("/openapi.yaml")
@PermitAll
@Singleton
@Produces("application/yaml")
public class ApiDocumentResource {
    private final byte[] document;

    ApiDocumentResource() {
        try (InputStream in = ApiDocumentResource.class.getResourceAsStream("/openapi.yaml")) {
            this.document = Objects.requireNonNull(in, "openapi.yaml").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Operation(hidden = true)
    public byte[] document() {
        return document;
    }
}
