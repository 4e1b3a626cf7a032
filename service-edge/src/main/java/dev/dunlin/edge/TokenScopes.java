package dev.dunlin.edge;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a token: its claim {@code scope}, and no other. The claim is a string of words with
 * spaces between them (RFC 8693 section 4.2, RFC 9068 section 2.2.3). Some issuers write an array
 * of words. Any other shape gives no scope.
 */
public final class TokenScopes {
    /** A back end: it may do what {@code docs/protocol.md} section 3 lists. */
    public static final String SERVER = "server";

    /** One of the services themselves: {@code /internal} and nothing else. */
    public static final String INTERNAL = "internal";

    static final String CLAIM = "scope";

    private TokenScopes() {}

    /** The scopes of a verified token. */
    public static Set<String> of(JsonWebToken token) {
        return parse(token.getClaim(CLAIM));
    }

    /** Whether this is a service token. */
    public static boolean isInternal(JsonWebToken token) {
        return of(token).contains(INTERNAL);
    }

    static boolean isServer(JsonWebToken token) {
        return of(token).contains(SERVER);
    }

    /** Reads the claim, in the types of the JWT library or of JSON-P. */
    static Set<String> parse(@Nullable Object claim) {
        return switch (claim) {
            case String words -> words(Stream.of(words));
            case JsonString words -> words(Stream.of(words.getString()));
            case JsonArray list ->
                words(list.stream().filter(JsonString.class::isInstance).map(word -> ((JsonString) word).getString()));
            case Collection<?> list ->
                words(list.stream().filter(String.class::isInstance).map(String.class::cast));
            case null, default -> Set.of();
        };
    }

    private static Set<String> words(Stream<String> texts) {
        return texts.flatMap(text -> Stream.of(text.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
