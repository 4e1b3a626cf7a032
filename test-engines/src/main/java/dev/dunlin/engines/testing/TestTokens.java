package dev.dunlin.engines.testing;

import java.time.Duration;
import java.util.Map;

/** Mints the tokens of tests. May block. */
public final class TestTokens {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private TestTokens() {}

    /** A user's token without any scope, good for an hour. */
    public static String user(String user) {
        return user(user, LIFETIME);
    }

    /** A user's token; with a negative lifetime it has expired already. */
    public static String user(String user, Duration lifetime) {
        return TestEngines.join().token(Map.of("sub", user, "ttl", lifetime.toString()), "");
    }

    /**
     * A user's token with the claim {@code channels}.
     *
     * @param grants a JSON array, such as {@code [{"channel":"live:*","can":["subscribe"]}]}
     */
    public static String withChannels(String user, String grants) {
        return TestEngines.join().token(Map.of("sub", user, "ttl", LIFETIME.toString()), grants);
    }

    /** A back end's token: scope {@code server}, good for an hour. */
    public static String server(String service) {
        return scoped(service, "server");
    }

    /** The token that services show each other: scope {@code internal}, good for an hour. */
    public static String internal(String service) {
        return scoped(service, "internal");
    }

    private static String scoped(String subject, String scope) {
        return TestEngines.join().token(Map.of("sub", subject, "ttl", LIFETIME.toString(), "scope", scope), "");
    }

    /**
     * Any claims, right or wrong, signed with the right key.
     *
     * @param type the header {@code typ}; none if it is empty
     * @param claims a JSON object
     */
    public static String signed(String type, String claims) {
        return TestEngines.join().signed(type, claims);
    }

    /** A user's token that is right in everything but the key. */
    public static String foreign(String user) {
        return TestEngines.join().token(Map.of("sub", user, "ttl", LIFETIME.toString(), "key", "foreign"), "");
    }
}
