package dev.dunlin.scenarios.suite;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a scenario a suite of two of everything that can be two, which those share that kill, stop and cut. Its connection nodes notice things
 * sooner than as shipped: a silent link after six seconds, a slow client after 128 KiB.
 */
public final class DoubledSuite implements ParameterResolver {
    /** After how long its nodes give up a silent link: three heartbeats. */
    public static final Duration SILENCE = Duration.ofSeconds(6);

    private static final Namespace NAMESPACE = Namespace.create(DoubledSuite.class);
    private static final Map<String, String> NODE = Map.of(
            "DUNLIN_LINK_HEARTBEAT", "2s",
            "DUNLIN_LINK_OUTBOX_BYTES", "131072",
            "DUNLIN_DRAIN_JITTER", "1s");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Suite.class
                || parameter.getParameter().getType() == Names.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        if (parameter.getParameter().getType() == Names.class) {
            AtomicInteger count = store.computeIfAbsent("names", key -> new AtomicInteger(), AtomicInteger.class);
            return new Names(count.incrementAndGet());
        }
        return store.computeIfAbsent(
                "suite",
                key -> Suite.start(
                        "doubled",
                        options -> options.withMessageServices(2).withEnvironment(Map.of("connection-service", NODE))),
                Suite.class);
    }
}
