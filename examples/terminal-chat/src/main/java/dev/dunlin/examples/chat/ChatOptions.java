package dev.dunlin.examples.chat;

import dev.dunlin.client.TokenSource;
import dev.dunlin.protocol.ChannelName;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param user absent when the token came by the environment: the server says who that is
 */
record ChatOptions(URI origin, TokenSource tokens, @Nullable String user, ChannelName channel) {
    static final String USAGE = "usage: [--url URL] --user NAME [--token-url URL] CHANNEL"
            + "   (for example --user alice room:lobby; or a token in DUNLIN_TOKEN instead of --user)";
    static final String TOKEN_VARIABLE = "DUNLIN_TOKEN";

    /**
     * Reads the command line; throws {@link IllegalArgumentException} with one line that says what
     * is wrong.
     */
    static ChatOptions parse(List<String> arguments, Map<String, String> environment) {
        String url = "http://localhost:8080";
        String tokenUrl = null;
        String user = null;
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty() && left.getFirst().startsWith("--")) {
            String option = left.removeFirst();
            switch (option) {
                case "--url" -> url = valueOf(option, left);
                case "--token-url" -> tokenUrl = valueOf(option, left);
                case "--user" -> user = valueOf(option, left);
                default -> throw new IllegalArgumentException("unknown option " + option + "; " + USAGE);
            }
        }
        if (left.size() != 1) {
            throw new IllegalArgumentException(USAGE);
        }
        URI origin = uri("--url", url);
        URI issuer = uri("--token-url", tokenUrl == null ? url.replaceFirst("/$", "") + "/dev/tokens" : tokenUrl);
        return new ChatOptions(
                origin, tokens(environment.get(TOKEN_VARIABLE), user, issuer), user, channel(left.getFirst()));
    }

    private static TokenSource tokens(@Nullable String token, @Nullable String user, URI issuer) {
        if (token != null && !token.isBlank()) {
            return token::strip;
        }
        if (user == null) {
            throw new IllegalArgumentException("who are you? Give --user NAME or a token in " + TOKEN_VARIABLE);
        }
        return new TokenEndpoint(issuer, user);
    }

    private static String valueOf(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value; " + USAGE);
        }
        return left.removeFirst();
    }

    private static URI uri(String option, String value) {
        if (!value.matches("https?://[^/].*")) {
            throw new IllegalArgumentException(
                    option + " must be a URL that starts with http:// or https://, not " + value);
        }
        return URI.create(value);
    }

    private static ChannelName channel(String value) {
        try {
            return new ChannelName(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the channel " + e.getMessage() + ", not " + value, e);
        }
    }
}
