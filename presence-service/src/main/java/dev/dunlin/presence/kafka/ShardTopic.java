package dev.dunlin.presence.kafka;

import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Sees that a topic has one partition for each shard, and is compacted where only the newest record
 * of a key counts. One of an earlier release has fewer partitions and is grown; a compacted one is
 * created where there is none. For one thread; blocks.
 */
public final class ShardTopic {
    private static final Logger LOG = Logger.getLogger(ShardTopic.class);

    /** How long a record that was replaced or erased may stay on disk. */
    private static final Duration COMPACTED_WITHIN = Duration.ofDays(7);

    private final Admin admin;
    private final String name;
    /** What a compacted topic is configured with; empty for another. */
    private final Map<String, String> compacted;

    private boolean warned;

    private ShardTopic(Admin admin, String name, Map<String, String> compacted) {
        this.admin = admin;
        this.name = name;
        this.compacted = compacted;
    }

    /** {@link Topics#SESSION_EVENTS}. */
    public static ShardTopic ofSessions(Admin admin) {
        return of(admin, Topics.SESSION_EVENTS);
    }

    /** {@link Topics#PRESENCE_USERS}. */
    public static ShardTopic ofUsers(Admin admin) {
        return compacted(admin, Topics.PRESENCE_USERS);
    }

    static ShardTopic of(Admin admin, String name) {
        return new ShardTopic(admin, name, Map.of());
    }

    static ShardTopic compacted(Admin admin, String name) {
        return new ShardTopic(
                admin,
                name,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(COMPACTED_WITHIN.toMillis())));
    }

    /** Whether it is as it must be. */
    boolean isReady() {
        try {
            int partitions = partitions();
            if (partitions < PresenceShard.COUNT) {
                admin.createPartitions(Map.of(name, NewPartitions.increaseTo(PresenceShard.COUNT)))
                        .all()
                        .get();
                LOG.infof("%s had %d partitions and has %d now", name, partitions, PresenceShard.COUNT);
            } else if (partitions > PresenceShard.COUNT) {
                warn("it has " + partitions + ": delete it and create it with " + PresenceShard.COUNT);
                return false;
            }
            if (!compacted.isEmpty()) {
                configure();
            }
            return true;
        } catch (ExecutionException e) {
            warn(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private int partitions() throws ExecutionException, InterruptedException {
        try {
            TopicDescription topic = admin.describeTopics(List.of(name))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get();
            return topic.partitions().size();
        } catch (ExecutionException e) {
            if (compacted.isEmpty() || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            NewTopic topic = new NewTopic(name, Optional.of(PresenceShard.COUNT), Optional.empty());
            admin.createTopics(List.of(topic.configs(compacted))).all().get();
            LOG.infof("created %s", name);
            return PresenceShard.COUNT;
        }
    }

    /** A topic that is not compacted works, but grows or forgets: that is no reason to stop. */
    private void configure() throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            ConfigEntry policy = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policy != null && !policy.value().equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                List<AlterConfigOp> changes = compacted.entrySet().stream()
                        .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), OpType.SET))
                        .toList();
                admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
                LOG.infof("%s is compacted now", name);
            }
        } catch (ExecutionException e) {
            LOG.warnf(
                    "%s must have cleanup.policy=compact, or it grows without end or loses what users chose; the policy"
                            + " could not be checked: %s",
                    name, e.getCause());
        }
    }

    private void warn(String why) {
        LOG.logf(
                warned ? Logger.Level.DEBUG : Logger.Level.ERROR,
                "%s must have %d partitions (%s); looking again until it has",
                name,
                PresenceShard.COUNT,
                why);
        warned = true;
    }
}
