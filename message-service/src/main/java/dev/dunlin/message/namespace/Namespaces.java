package dev.dunlin.message.namespace;

import dev.dunlin.protocol.ChannelName;
import java.util.Map;
import java.util.Optional;

/** The namespaces of this installation, by name. */
public record Namespaces(Map<String, NamespacePolicy> policies) {
    public Namespaces {
        policies = Map.copyOf(policies);
    }

    /** The policy of a channel; empty if its namespace is not configured. */
    public Optional<NamespacePolicy> find(ChannelName channel) {
        return Optional.ofNullable(policies.get(channel.namespace()));
    }
}
