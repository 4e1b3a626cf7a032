package dev.dunlin.edge.openapi;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What a parameter's name means in every operation. Resources read numbers as text, so that a
 * refusal can name the parameter. The document says what that text must be.
 */
final class WireParameters {
    private WireParameters() {}

    /** Adds to {@code parameter} what its name says. */
    static void complete(Parameter parameter) {
        switch (parameter.getName()) {
            case "after" -> {
                parameter.setSchema(seq(0));
                parameter.setDescription("Only what comes after this seq.");
            }
            case "before" -> {
                parameter.setSchema(seq(0));
                parameter.setDescription("Only what comes before this seq.");
            }
            case "seq" -> {
                parameter.setSchema(seq(1));
                parameter.setDescription("The number of the message in its channel.");
            }
            case "limit" -> {
                Schema limit = parameter.getSchema();
                limit.setType(null);
                limit.setDefaultValue(Integer.valueOf(String.valueOf(limit.getDefaultValue())));
                parameter.setSchema(
                        limit.addType(SchemaType.INTEGER).format("int32").minimum(BigDecimal.ONE));
                parameter.setDescription("How many at most. A greater number counts as the maximum.");
            }
            case "cursor" -> {
                if (parameter.getDescription() == null) {
                    parameter.setDescription("Opaque: the next of the page before.");
                }
            }
            case "q" -> {
                parameter.setRequired(true);
                parameter.setSchema(OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .minLength(1)
                        .maxLength(256));
                parameter.setDescription("The words, in the syntax of a web search.");
            }
            default -> {}
        }
    }

    private static Schema seq(long least) {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int64")
                .minimum(BigDecimal.valueOf(least));
    }
}
