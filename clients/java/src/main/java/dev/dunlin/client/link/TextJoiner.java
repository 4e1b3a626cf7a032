package dev.dunlin.client.link;

import java.util.Optional;

/**
 * Joins the parts in which {@link java.net.http.WebSocket} hands out a text message. Not
 * thread-safe.
 */
final class TextJoiner {
    private final int maxChars;
    private final StringBuilder parts = new StringBuilder();

    TextJoiner(int maxChars) {
        this.maxChars = maxChars;
    }

    /**
     * Adds a part; the whole message if this was the last. Throws {@link IllegalStateException} if
     * it grows beyond the bound.
     */
    Optional<String> add(CharSequence part, boolean last) {
        if (parts.length() + part.length() > maxChars) {
            throw new IllegalStateException("the server sent a message of more than " + maxChars + " characters");
        }
        if (last && parts.isEmpty()) {
            return Optional.of(part.toString());
        }
        parts.append(part);
        if (!last) {
            return Optional.empty();
        }
        String whole = parts.toString();
        parts.setLength(0);
        return Optional.of(whole);
    }
}
