package dev.dunlin.push.provider;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many deliveries may run at once to each origin, and when one is left alone.
 *
 * @param places deliveries at once to {@code apns}, {@code apns-sandbox}, {@code fcm} and the push
 *     services, each
 * @param endpointPlaces deliveries at once to any other origin
 * @param services hosts of push services, in lower case; {@code *.} at the start stands for one or
 *     more labels
 * @param failures after how many failures in a row an origin is left alone
 * @param mostOrigins the most origins whose failures are remembered
 */
public record ProviderLimits(int places, int endpointPlaces, Set<String> services, int failures, int mostOrigins) {
    /** Enough for one claim to fill the places of an endpoint several times. */
    private static final int SHORTEST_LINE = 32;

    /** All origins of URLs are counted together under this name. */
    private static final String ENDPOINT = "endpoint";

    private static final List<String> PROVIDERS = List.of("apns", "apns-sandbox", "fcm");
    private static final String SCHEME_END = "://";

    public ProviderLimits {
        if (places < 1 || endpointPlaces < 1 || failures < 1 || mostOrigins < 1) {
            throw new IllegalArgumentException("every limit must be 1 or more");
        }
        services = Set.copyOf(services);
    }

    /** The names under which deliveries are counted. */
    public static List<String> groups() {
        return Stream.concat(PROVIDERS.stream(), Stream.of(ENDPOINT)).toList();
    }

    int placesOf(String origin) {
        return isProvider(origin) || isService(origin) ? places : endpointPlaces;
    }

    /** How many deliveries may wait for that many places. */
    static int lineOf(int places) {
        return Math.max(SHORTEST_LINE, places);
    }

    /** Whether it is not the origin of a URL that a user registered. */
    static boolean isProvider(String origin) {
        return PROVIDERS.contains(origin);
    }

    /** The origin, or {@code endpoint} for that of a URL. */
    static String groupOf(String origin) {
        return isProvider(origin) ? origin : ENDPOINT;
    }

    private boolean isService(String origin) {
        int scheme = origin.indexOf(SCHEME_END);
        if (scheme < 0) {
            return false;
        }
        int from = scheme + SCHEME_END.length();
        int port = origin.indexOf(':', from);
        String host = origin.substring(from, port < 0 ? origin.length() : port);
        if (services.contains(host)) {
            return true;
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            if (services.contains("*" + host.substring(dot))) {
                return true;
            }
        }
        return false;
    }
}
