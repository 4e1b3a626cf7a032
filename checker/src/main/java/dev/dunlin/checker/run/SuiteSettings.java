package dev.dunlin.checker.run;

import java.util.Map;

/** Settings of a suite that is checked, as environment variables: what takes long is shortened. */
public final class SuiteSettings {
    /**
     * Of push-service. Many notifications instead of few with a large count, and no provider fails
     * for so long that push-service gives up.
     */
    public static final Map<String, String> PUSH = Map.of(
            "DUNLIN_PUSH_COLLAPSE", "3s",
            "DUNLIN_PUSH_PER_MINUTE", "1000",
            "DUNLIN_PUSH_DELIVERY_TIMEOUT", "3s",
            "DUNLIN_PUSH_RETRY_FIRST", "1s",
            "DUNLIN_PUSH_RETRY_MOST", "4s",
            "DUNLIN_PUSH_RETRY_TRIES", "100");

    private SuiteSettings() {}
}
