package dev.dunlin.engines.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The claims of a token, valid until one of them is changed. */
public final class TestClaims {
    private final Map<String, String> claims;

    private TestClaims(Map<String, String> claims) {
        this.claims = claims;
    }

    /** A user's, good for an hour from now. */
    public static TestClaims of(String user) {
        TestEngines engines = TestEngines.join();
        long now = Instant.now().getEpochSecond();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", quoted(engines.issuer()));
        claims.put("aud", quoted(engines.audience()));
        claims.put("sub", quoted(user));
        claims.put("iat", Long.toString(now));
        claims.put("exp", Long.toString(now + Duration.ofHours(1).toSeconds()));
        return new TestClaims(claims);
    }

    /** One set of claims for each reason to refuse a token. */
    public static List<TestClaims> broken(String user) {
        long now = Instant.now().getEpochSecond();
        return List.of(
                of(user).with("iss", quoted("https://other.example.com")),
                of(user).without("iss"),
                of(user).with("aud", quoted("another-product")),
                of(user).without("aud"),
                of(user).without("iat"),
                of(user).without("exp"),
                of(user).with("iat", Long.toString(now + 3600)).with("exp", Long.toString(now + 7200)),
                of(user).with("exp", Long.toString(now + Duration.ofDays(2).toSeconds())),
                of(user).with("iat", Long.toString(now - Duration.ofDays(2).toSeconds())));
    }

    /** With that claim; {@code json} is its value as JSON. */
    public TestClaims with(String name, String json) {
        Map<String, String> changed = new LinkedHashMap<>(claims);
        changed.put(name, json);
        return new TestClaims(changed);
    }

    public TestClaims without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(claims);
        changed.remove(name);
        return new TestClaims(changed);
    }

    /** Issued that long ago, with the same expiry. */
    public TestClaims issuedAgo(Duration ago) {
        return with("iat", Long.toString(Instant.now().minus(ago).getEpochSecond()));
    }

    /** Signed with the right key; {@code type} is the header {@code typ}, none if it is empty. */
    public String sign(String type) {
        String json = claims.entrySet().stream()
                .map(claim -> quoted(claim.getKey()) + ":" + claim.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return TestTokens.signed(type, json);
    }

    @Override
    public String toString() {
        return claims.toString();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
