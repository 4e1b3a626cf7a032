package dev.dunlin.edge.openapi;

import dev.dunlin.protocol.http.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The refusals of an operation, as {@link dev.dunlin.edge.ProblemMappers} writes them. Those that
 * any operation may answer are shared components. A resource declares 409, and 404 where its path
 * does not imply it.
 */
final class ProblemResponses {
    private static final Map<String, String> SHARED = shared();

    private final WireSchemas schemas;
    private final Map<String, APIResponse> components = new TreeMap<>();

    ProblemResponses(WireSchemas schemas) {
        this.schemas = schemas;
    }

    /** The shared responses that the document refers to so far, by name. */
    Map<String, APIResponse> components() {
        return components;
    }

    /** Adds to {@code operation} what it may refuse. */
    void complete(String path, Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && response.getContent() == null) {
                response.setContent(content());
            }
        });
        SHARED.forEach((status, name) -> {
            if (applies(status, path, operation) && !operation.getResponses().hasAPIResponse(status)) {
                components.computeIfAbsent(name, key -> response(status));
                operation
                        .getResponses()
                        .addAPIResponse(status, OASFactory.createAPIResponse().ref("#/components/responses/" + name));
            }
        });
    }

    private static boolean applies(String status, String path, Operation operation) {
        return switch (status) {
            case "404" -> path.contains("{channel}") || path.contains("{id}");
            case "413" -> operation.getRequestBody() != null;
            default -> true;
        };
    }

    private APIResponse response(String status) {
        APIResponse response = OASFactory.createAPIResponse().content(content());
        switch (status) {
            case "400" -> response.setDescription("A parameter or the body is malformed: fix the client.");
            case "401" -> {
                response.setDescription("There is no valid token: get another one.");
                header(response, "WWW-Authenticate");
            }
            case "403" -> response.setDescription("The user may not do this.");
            case "404" -> response.setDescription("What the path names does not exist.");
            case "413" -> response.setDescription("The body or its data is too large: send less.");
            case "415" ->
                response.setDescription("The body is not JSON, or has a Content-Encoding other than identity.");
            case "429" -> {
                response.setDescription("Too many requests: retry after the pause.");
                header(response, "Retry-After");
            }
            case "503" -> {
                response.setDescription("The service cannot do this now: retry after the pause.");
                header(response, "Retry-After");
            }
            default -> response.setDescription("The service failed: retry, and report it if it stays.");
        }
        return response;
    }

    private static void header(APIResponse response, String name) {
        Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        response.addHeader(name, OASFactory.createHeader().schema(text));
    }

    private Content content() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType().schema(schemas.reference(Problem.class.getName())));
    }

    private static Map<String, String> shared() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("400", "BadRequest");
        names.put("401", "Unauthenticated");
        names.put("403", "Forbidden");
        names.put("404", "NotFound");
        names.put("413", "TooLarge");
        names.put("415", "UnsupportedMediaType");
        names.put("429", "RateLimited");
        names.put("500", "Internal");
        names.put("503", "Unavailable");
        return names;
    }
}
