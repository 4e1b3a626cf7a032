package dev.dunlin.message.namespace;

import dev.dunlin.protocol.ChannelName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The namespaces of this installation, by name. */
public record Namespaces(Map<String, NamespacePolicy> policies) {
    public Namespaces {
        policies = Map.copyOf(policies);
    }

    /** The policy of a channel; empty if its namespace is not configured. */
    public Optional<NamespacePolicy> find(ChannelName channel) {
        return Optional.ofNullable(policies.get(channel.namespace()));
    }

    /** The names of those whose channels only members read. */
    public Set<String> membersOnly() {
        return policies.values().stream()
                .filter(policy -> !policy.open())
                .map(NamespacePolicy::namespace)
                .collect(Collectors.toSet());
    }
}
