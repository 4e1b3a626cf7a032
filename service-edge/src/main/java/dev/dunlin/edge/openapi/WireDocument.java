package dev.dunlin.edge.openapi;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Makes the framework's document describe what is on the wire. The framework knows paths, methods
 * and parameters. The schemas come from {@link WireSchemas}, refusals from
 * {@link ProblemResponses}, the rules of parameters from {@link WireParameters}.
 */
final class WireDocument {
    /** The name of the security scheme: a JWT in {@code Authorization: Bearer}. */
    static final String BEARER = "bearer";

    private final IndexView index;

    WireDocument(IndexView index) {
        this.index = index;
    }

    /** Completes {@code api}, with the paths that {@code included} accepts. */
    void complete(OpenAPI api, Predicate<String> included) {
        Components components = api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        WireSchemas schemas = new WireSchemas(index, components.getSchemas());
        ProblemResponses problems = new ProblemResponses(schemas);
        api.getPaths().getPathItems().keySet().stream()
                .filter(included.negate())
                .toList()
                .forEach(api.getPaths()::removePathItem);
        api.getPaths().getPathItems().forEach((path, item) -> complete(path, item, schemas, problems));
        components.setSchemas(schemas.components());
        components.setResponses(problems.components());
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"));
        api.components(components);
        api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)));
        api.setTags(null);
    }

    private static void complete(String path, PathItem item, WireSchemas schemas, ProblemResponses problems) {
        for (Parameter shared : list(item.getParameters())) { // of a resource class: each operation gets them
            item.getOperations().values().forEach(operation -> operation.addParameter(shared));
        }
        item.setParameters(null);
        for (Operation operation : item.getOperations().values()) {
            for (Parameter parameter : list(operation.getParameters())) {
                WireParameters.complete(parameter);
                parameter.setSchema(schemas.rewrite(parameter.getSchema()));
            }
            if (operation.getRequestBody() != null) {
                rewrite(operation.getRequestBody().getContent(), schemas);
            }
            operation.getResponses().getAPIResponses().values().forEach(one -> rewrite(one.getContent(), schemas));
            shareContent(operation);
            problems.complete(path, operation);
        }
    }

    /** An operation with two successes, 201 and 200, answers both with the same body. */
    private static void shareContent(Operation operation) {
        List<APIResponse> successes = Stream.of("200", "201")
                .map(operation.getResponses()::getAPIResponse)
                .filter(Objects::nonNull)
                .toList();
        successes.stream()
                .map(APIResponse::getContent)
                .filter(WireDocument::isKnown)
                .findFirst()
                .ifPresent(content -> successes.forEach(response -> response.setContent(content)));
    }

    private static boolean isKnown(@Nullable Content content) {
        return content != null
                && content.getMediaTypes().values().stream()
                        .allMatch(type ->
                                type.getSchema() != null && type.getSchema().getRef() != null);
    }

    private static void rewrite(@Nullable Content content, WireSchemas schemas) {
        if (content != null) {
            for (MediaType type : content.getMediaTypes().values()) {
                Schema schema = type.getSchema();
                type.setSchema(schemas.rewrite(schema));
            }
        }
    }

    private static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }
}
