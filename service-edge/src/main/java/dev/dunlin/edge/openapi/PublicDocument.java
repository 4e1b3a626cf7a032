package dev.dunlin.edge.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * The document of what clients call: everything but {@code /internal}. Served at
 * {@code /q/openapi}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = OpenApiFilter.DEFAULT_DOCUMENT_NAME)
public final class PublicDocument implements OASFilter {
    private final WireDocument document;

    /** {@code index} has the classes of the service and of the suite's libraries. */
    public PublicDocument(IndexView index) {
        this.document = new WireDocument(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        document.complete(api, path -> !path.startsWith(InternalDocument.PREFIX));
    }
}
