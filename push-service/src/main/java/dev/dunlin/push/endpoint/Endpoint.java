package dev.dunlin.push.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A URL that a user registers to be called: absolute, http or https, at most {@value #MAX_LENGTH}
 * characters of ASCII. It has a host, no user info and no fragment; a port is from 1 to 65535.
 * {@link EndpointGuard} decides whether it may be called.
 */
public record Endpoint(URI uri) {
    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;

    public Endpoint {
        if (uri.toString().length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must be a URL of at most " + MAX_LENGTH + " characters");
        }
        if (!uri.toString().chars().allMatch(c -> c < 128)) {
            throw new IllegalArgumentException("must be a URL in ASCII; percent-encode other characters");
        }
        if (uri.getHost() == null || !isHttp(uri.getScheme())) {
            throw new IllegalArgumentException("must be an absolute https URL with a host");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("must be a URL with a port from 1 to " + MAX_PORT);
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must be a URL without user info and fragment");
        }
    }

    /** Parses a URL. Throws {@link IllegalArgumentException} with a message for the sender. */
    public static Endpoint of(String url) {
        try {
            return new Endpoint(new URI(url));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an absolute https URL with a host", e);
        }
    }

    private static boolean isHttp(String scheme) {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }

    /** Whether the call is encrypted. */
    public boolean secure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** The host as the URL names it; an IPv6 literal without its brackets. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port, also if the URL has none. */
    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** Path and query, as in the request line. */
    public String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Scheme, host and port as RFC 6454 section 6.2 writes them. */
    public String origin() {
        String scheme = secure() ? "https" : "http";
        String origin = scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT);
        return port() == (secure() ? 443 : 80) ? origin : origin + ":" + port();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
