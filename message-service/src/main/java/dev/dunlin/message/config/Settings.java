package dev.dunlin.message.config;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.http.PushMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Turns settings into what the features use. A value that is not allowed stops the start with one
 * line that names its key.
 */
final class Settings {
    private Settings() {}

    static Namespaces namespaces(NamespaceSettings settings) {
        Map<String, NamespacePolicy> policies = new HashMap<>();
        settings.byName().forEach((name, namespace) -> policies.put(name, policy(name, namespace)));
        return new Namespaces(policies);
    }

    static NodeId node(NodeSettings settings, RandomGenerator random) {
        String id = settings.id().orElseGet(() -> "message-" + Integer.toUnsignedString(random.nextInt(), 36));
        try {
            return new NodeId(id);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("dunlin.node.id: " + e.getMessage() + ", and not " + id);
        }
    }

    /** Returns {@code value}; throws unless it is above zero and at most {@code most}. */
    static Duration within(String key, Duration value, Duration most) {
        if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
            throw new ConfigurationException(key + ": must be above 0 and at most " + most + ", and not " + value);
        }
        return value;
    }

    /** Returns {@code value}; throws unless it is from {@code least} to {@code most}. */
    static int between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ConfigurationException(key + ": must be from " + least + " to " + most + ", and not " + value);
        }
        return value;
    }

    /** Returns {@code value}; throws if it is below one. */
    static int positive(String key, int value) {
        if (value < 1) {
            throw new ConfigurationException(key + ": must be at least 1, and not " + value);
        }
        return value;
    }

    private static NamespacePolicy policy(String name, NamespaceSettings.Namespace namespace) {
        try {
            return new NamespacePolicy(
                    name,
                    namespace.durable(),
                    namespace.read(),
                    namespace.publish(),
                    namespace.presence(),
                    namespace.push(),
                    namespace.conflate(),
                    namespace.durable() && namespace.search(),
                    namespace.events().orElse(namespace.push() != PushMode.NONE),
                    namespace.retention().orElse(null),
                    namespace.maxMessageBytes(),
                    namespace.invite(),
                    namespace.history(),
                    namespace.last());
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            String joint = problem.startsWith("name:") ? ": its " : ".";
            throw new ConfigurationException("dunlin.namespaces." + name + joint + problem);
        }
    }
}
