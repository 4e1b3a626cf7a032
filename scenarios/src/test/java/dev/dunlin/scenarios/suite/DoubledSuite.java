package dev.dunlin.scenarios.suite;

import dev.dunlin.checker.run.SuiteSettings;
import java.time.Duration;
import java.util.Map;

/**
 * A suite of two connection nodes and two message-services, for scenarios that kill, stop and cut.
 * Its connection nodes notice things sooner than as shipped: a silent link after six seconds, a
 * slow client after 128 KiB, a log that is behind after 1,000 messages.
 */
public final class DoubledSuite extends SuiteParameters {
    /** After how long its nodes give up a silent link: three heartbeats. */
    public static final Duration SILENCE = Duration.ofSeconds(6);

    /** How many publishes over the links of one of its nodes may wait for their reply. */
    public static final int UNANSWERED = 1_000;

    private static final Map<String, String> NODE = Map.of(
            "DUNLIN_LINK_HEARTBEAT", "2s",
            "DUNLIN_LINK_OUTBOX_BYTES", "131072",
            "DUNLIN_PUBLISH_UNANSWERED", Integer.toString(UNANSWERED),
            "DUNLIN_DRAIN_JITTER", "1s");

    /** Late subscribers of {@code signal} channels get the last signals. */
    private static final Map<String, String> LOG = Map.of("DUNLIN_NAMESPACES_SIGNAL_LAST", "true");

    /** Watchers there are nobody's contacts. */
    private static final Map<String, String> PRESENCE = Map.of("DUNLIN_PRESENCE_VISIBLE_TO", "everyone");

    @Override
    Suite start() {
        return Suite.start(
                "doubled",
                options -> options.withMessageServices(2)
                        .withPresenceServices(2)
                        .withEnvironment(Map.of(
                                "connection-service", NODE,
                                "message-service", LOG,
                                "presence-service", PRESENCE,
                                "push-service", SuiteSettings.PUSH)));
    }
}
