package dev.dunlin.edge.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * The document of what the other services call: {@code /internal} only. Served at
 * {@code /q/openapi-internal}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = "internal")
public final class InternalDocument implements OASFilter {
    static final String PREFIX = "/internal";

    private final WireDocument document;

    /** {@code index} has the classes of the service and of the suite's libraries. */
    public InternalDocument(IndexView index) {
        this.document = new WireDocument(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        document.complete(api, path -> path.startsWith(PREFIX));
    }
}
