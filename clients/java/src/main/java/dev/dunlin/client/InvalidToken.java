package dev.dunlin.client;

import dev.dunlin.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TokenSource} returned something that cannot be a token. The message does not quote it.
 */
final class InvalidToken extends RequestFailed {
    private static final long serialVersionUID = 1L;

    private final String why;

    private InvalidToken(String why) {
        super(ErrorCode.UNAUTHENTICATED, why);
        this.why = why;
    }

    String why() {
        return why;
    }

    /** Fails unless {@code token} can stand in a header, as a JWT does. */
    static void check(@Nullable String token) {
        if (token == null) {
            throw new InvalidToken("the token source returned null instead of a token");
        }
        if (token.isBlank()) {
            throw new InvalidToken("the token source returned an empty text instead of a token");
        }
        if (token.stripLeading().startsWith("{")) {
            throw new InvalidToken("the token source returned a JSON object instead of a token: return its field");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != ',')) {
            throw new InvalidToken("the token source returned a text with characters that no token has");
        }
    }
}
