package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes JSON by the rules of the suite. Thread-safe. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8) // without it an emoji as a
                    // key is broken
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /** The limits of the parser, which does not report which of them was exceeded. */
    private static final String BOUNDS = "is nested deeper than 1000, or has a number of more than 1000 digits";

    private Json() {}

    /**
     * The mapper with the suite's rules: strict scalars, unknown fields ignored, absent fields left
     * out. Do not change it.
     */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Parses one JSON value. Throws {@link InvalidInput} with the line and column if the text is
     * not JSON.
     */
    public static JsonNode parse(byte[] utf8) throws InvalidInput {
        try {
            JsonNode node = MAPPER.readTree(utf8);
            if (node.isMissingNode()) {
                throw new InvalidInput(ErrorCode.BAD_REQUEST, "not JSON: the text is empty");
            }
            return node;
        } catch (IOException e) {
            throw explain(e);
        } catch (NumberFormatException e) { // Jackson lets it through
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "not JSON: " + Check.EXPONENT_RULE);
        }
    }

    /**
     * Reads a value of {@code type}. Throws {@link InvalidInput} that names the field and what is
     * allowed.
     */
    public static <T> T read(byte[] utf8, Class<T> type) throws InvalidInput {
        return read(parse(utf8), type);
    }

    /**
     * Reads a value of {@code type} from a parsed node. Throws {@link InvalidInput} that names the
     * field and what is allowed.
     */
    public static <T> T read(JsonNode node, Class<T> type) throws InvalidInput {
        try {
            return Check.required("body", MAPPER.treeToValue(node, type));
        } catch (IOException e) {
            throw explain(e);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** Writes a value as UTF-8. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Explains to the sender why a value could not be read. Use it wherever Jackson reads input
     * from others.
     */
    public static InvalidInput explain(IOException failure) {
        if (failure instanceof InvalidTypeIdException e) {
            String message = at(e) + "type: '" + e.getTypeId() + "' is not a known type";
            return new InvalidInput(ErrorCode.UNKNOWN_TYPE, message);
        }
        return new InvalidInput(ErrorCode.BAD_REQUEST, reason(failure));
    }

    private static String reason(IOException failure) {
        if (failure instanceof JsonMappingException e) {
            return at(e) + reason(e);
        }
        if (failure instanceof StreamConstraintsException) {
            return BOUNDS;
        }
        return failure instanceof JsonProcessingException e
                ? "not JSON" + where(e)
                : "unreadable: " + failure.getMessage();
    }

    private static String reason(JsonMappingException failure) {
        if (failure instanceof ValueInstantiationException
                && failure.getCause() instanceof IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        if (failure instanceof MismatchedInputException e) {
            return "must be " + nameOf(e.getTargetType());
        }
        if (failure.getCause() instanceof StreamConstraintsException) {
            return BOUNDS;
        }
        return failure.getCause() instanceof NumberFormatException ? Check.EXPONENT_RULE : failure.getOriginalMessage();
    }

    private static String where(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String at(JsonMappingException e) {
        List<JsonMappingException.Reference> path = e.getPath();
        return path.isEmpty()
                ? ""
                : path.stream()
                                .map(step -> step.getFieldName() == null
                                        ? Integer.toString(step.getIndex())
                                        : step.getFieldName())
                                .collect(Collectors.joining("."))
                        + ": ";
    }

    private static String nameOf(Class<?> type) {
        if (type == long.class || type == int.class || type == Long.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class || TextValue.class.isAssignableFrom(type)) {
            return "a string";
        }
        Object[] constants = type.getEnumConstants();
        if (constants != null) {
            return Arrays.stream(constants)
                    .map(constant -> tree(constant).asText())
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return Iterable.class.isAssignableFrom(type) ? "a list" : type.isRecord() ? "an object" : "valid";
    }
}
