package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of namespaces, as message-service answered last. A channel that {@code welcome} named
 * was not asked for; then the first one of a namespace is. Namespaces that are not configured get
 * no answer, so the map is bounded by the configuration. Any thread.
 */
final class PresenceRules {
    private static final PresenceRule NOTHING = new PresenceRule(PresenceMode.NONE, false, Duration.ZERO);

    private final ChannelDirectory directory;
    private final Duration grace;
    private final Map<String, PresenceRule> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<PresenceRule>> asked = new ConcurrentHashMap<>();

    PresenceRules(ChannelDirectory directory, Duration grace) {
        this.directory = directory;
        this.grace = grace;
    }

    /** Message-service has answered. An answer by a token's grant alone has no rule. */
    void learn(ChannelAccess access) {
        if (access.presenceMode() != null || access.subscribe()) {
            known.put(access.channel().namespace(), PresenceRule.of(access, grace));
        }
    }

    Optional<PresenceRule> findKnown(ChannelName channel) {
        return Optional.ofNullable(known.get(channel.namespace()));
    }

    /** Completes at once if the rule is known; fails if message-service does not answer. */
    CompletableFuture<PresenceRule> find(ChannelName channel, Identity identity) {
        String namespace = channel.namespace();
        PresenceRule rule = known.get(namespace);
        if (rule != null) {
            return CompletableFuture.completedFuture(rule);
        }
        CompletableFuture<PresenceRule> question = new CompletableFuture<>();
        CompletableFuture<PresenceRule> open = asked.putIfAbsent(namespace, question);
        if (open != null) {
            return open;
        }
        var unused = directory.access(channel, identity).whenComplete((access, failure) -> {
            asked.remove(namespace, question);
            if (access == null) {
                question.completeExceptionally(failure);
            } else {
                learn(access);
                question.complete(known.getOrDefault(namespace, NOTHING));
            }
        });
        return question;
    }
}
