package dev.dunlin.push.provider;

import java.util.List;
import java.util.stream.Stream;

/**
 * How many deliveries may run at once to each origin, and when one is left alone.
 *
 * @param places deliveries at once to {@code apns}, {@code apns-sandbox} and {@code fcm}, each
 * @param endpointPlaces deliveries at once to any other origin
 * @param failures after how many failures in a row an origin is left alone
 * @param mostOrigins the most origins whose failures are remembered
 */
public record ProviderLimits(int places, int endpointPlaces, int failures, int mostOrigins) {
    /** All origins of URLs are counted together under this name. */
    private static final String ENDPOINT = "endpoint";

    private static final List<String> PROVIDERS = List.of("apns", "apns-sandbox", "fcm");

    public ProviderLimits {
        if (places < 1 || endpointPlaces < 1 || failures < 1 || mostOrigins < 1) {
            throw new IllegalArgumentException("every limit must be 1 or more");
        }
    }

    /** The names under which deliveries are counted. */
    public static List<String> groups() {
        return Stream.concat(PROVIDERS.stream(), Stream.of(ENDPOINT)).toList();
    }

    int placesOf(String origin) {
        return isProvider(origin) ? places : endpointPlaces;
    }

    /** Whether it is not the origin of a URL that a user registered. */
    static boolean isProvider(String origin) {
        return PROVIDERS.contains(origin);
    }

    /** The origin, or {@code endpoint} for that of a URL. */
    static String groupOf(String origin) {
        return isProvider(origin) ? origin : ENDPOINT;
    }
}
