package dev.dunlin.edge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.TextValue;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parses ids in the parameters of resources. An id that breaks its rule is answered with a
 * {@code bad_request} that names the parameter.
 */
@Provider
public final class TextValueConverters implements ParamConverterProvider {
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            ChannelName.class, ChannelName::new,
            UserId.class, UserId::new,
            ClientMessageId.class, ClientMessageId::new,
            Emoji.class, Emoji::new);

    @Override
    @SuppressWarnings("unchecked") // the map pairs each class with its own constructor
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        Function<String, ?> reader = READERS.get(type);
        if (reader == null) {
            return null;
        }
        Function<String, T> read = (Function<String, T>) reader;
        return new Converter<>(nameOf(annotations), isInPath(annotations) ? text -> asSegment(read.apply(text)) : read);
    }

    /**
     * Checked in paths only: other services may still use such an id from before it was refused.
     */
    private static boolean isInPath(Annotation @Nullable [] annotations) {
        return annotations != null && Arrays.stream(annotations).anyMatch(PathParam.class::isInstance);
    }

    private static <T> T asSegment(T id) {
        if (id instanceof TextValue text) {
            PathSegment.require(text);
        }
        return id;
    }

    private static String nameOf(Annotation @Nullable [] annotations) {
        if (annotations != null) {
            for (Annotation annotation : annotations) {
                switch (annotation) {
                    case PathParam path -> {
                        return path.value();
                    }
                    case QueryParam query -> {
                        return query.value();
                    }
                    case HeaderParam header -> {
                        return header.value();
                    }
                    default -> {}
                }
            }
        }
        return "parameter";
    }

    private record Converter<T>(String name, Function<String, T> reader) implements ParamConverter<T> {
        @Override
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                // any other exception would become a 404 without a reason
                throw new BadRequestException(
                        new RefusedException(ErrorCode.BAD_REQUEST, name + ": " + e.getMessage()));
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
