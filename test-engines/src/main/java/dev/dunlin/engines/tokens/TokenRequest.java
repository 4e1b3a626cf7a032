package dev.dunlin.engines.tokens;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a token is to say.
 *
 * @param lifetime from now; negative for a token that has expired
 * @param scopes for example {@code server}
 * @param channels grants beyond membership, as the protocol's claim {@code channels} has them
 */
public record TokenRequest(String subject, Duration lifetime, List<String> scopes, List<Map<String, Object>> channels) {
    public TokenRequest {
        scopes = List.copyOf(scopes);
        channels = List.copyOf(channels);
    }

    /** A user's token without any scope. */
    public static TokenRequest user(String subject, Duration lifetime) {
        return new TokenRequest(subject, lifetime, List.of(), List.of());
    }

    /** A back end's token. */
    public static TokenRequest server(String subject, Duration lifetime) {
        return new TokenRequest(subject, lifetime, List.of("server"), List.of());
    }

    /** The token that services send each other. */
    public static TokenRequest internal(String subject, Duration lifetime) {
        return new TokenRequest(subject, lifetime, List.of("internal"), List.of());
    }
}
