package dev.dunlin.connection.handshake;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may use the cookie of a browser: those of this origin, and those of named origins. A
 * browser sends the cookie with requests of any page. Without this check another site could open
 * links as its visitors.
 */
public final class AllowedOrigins {
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:_-]+");

    private final Set<String> named;

    /** Throws {@link IllegalArgumentException} for a text that is not an origin. */
    public AllowedOrigins(List<String> named) {
        for (String origin : named) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "dunlin.handshake.origins: '" + origin + "' must be scheme://host or scheme://host:port");
            }
        }
        this.named =
                named.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a request comes from an allowed page.
     *
     * @param origin its {@code Origin}; browsers leave it out of a GET to the page's own origin
     * @param host its {@code Host} or {@code :authority}, as the client wrote it
     * @param fetchSite its {@code Sec-Fetch-Site}, which no page can set
     */
    public boolean allow(@Nullable String origin, @Nullable String host, @Nullable String fetchSite) {
        if (origin == null) {
            return "same-origin".equals(fetchSite);
        }
        String asked = origin.toLowerCase(Locale.ROOT);
        // TLS ends at the gateway, so the scheme that the page uses is unknown here.
        return named.contains(asked)
                || (host != null && asked.replaceFirst("^https?://", "").equals(host.toLowerCase(Locale.ROOT)));
    }
}
