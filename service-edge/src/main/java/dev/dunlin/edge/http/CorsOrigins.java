package dev.dunlin.edge.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The origins whose pages may call.
 *
 * @param named full origins
 * @param hosts {@code scheme://host} with any port
 * @param anyone whether all other origins may call, too
 */
record CorsOrigins(Set<String> named, Set<String> hosts, boolean anyone) {
    private static final String KEY = "dunlin.cors.origins";
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:_-]+?(:\\*)?");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    /** What a page of an origin may do. */
    enum Verdict {
        /** Call, with cookies. */
        NAMED,
        /** Call without them. */
        WITHOUT_CREDENTIALS,
        REFUSED
    }

    /** Throws {@link IllegalArgumentException} if a text is not an origin. */
    static CorsOrigins of(List<String> origins) {
        Set<String> named = new HashSet<>();
        Set<String> hosts = new HashSet<>();
        boolean anyone = false;
        for (String text : origins) {
            String origin = text.strip().toLowerCase(Locale.ROOT);
            if (origin.equals("*")) {
                anyone = true;
            } else if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        KEY + ": '" + text + "' must be scheme://host, scheme://host:port, scheme://host:* or *");
            } else if (origin.endsWith(":*")) {
                hosts.add(origin.substring(0, origin.length() - 2));
            } else {
                named.add(origin);
            }
        }
        return new CorsOrigins(Set.copyOf(named), Set.copyOf(hosts), anyone);
    }

    boolean isEmpty() {
        return named.isEmpty() && hosts.isEmpty() && !anyone;
    }

    /** The verdict on the value of the header {@code Origin}. */
    Verdict of(String origin) {
        String asked = origin.toLowerCase(Locale.ROOT);
        if (named.contains(asked)) {
            return Verdict.NAMED;
        }
        return anyone || hosts.contains(PORT.matcher(asked).replaceFirst(""))
                ? Verdict.WITHOUT_CREDENTIALS
                : Verdict.REFUSED;
    }
}
