package dev.dunlin.presence.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.TestEngines;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BesideQuarkus
class ShardTopicIT {
    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", TestEngines.join().kafkaBootstrapServers());
    private final String name = "sessions-" + UUID.randomUUID();
    private final Admin admin = Admin.create(kafka);
    private final ShardTopic topic = ShardTopic.of(admin, name);

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aTopicOfAnEarlierReleaseIsGrown() throws ExecutionException, InterruptedException {
        create(6);
        assertThat(topic.isReady()).isTrue();
        assertThat(partitions()).isEqualTo(64);
        assertThat(topic.isReady()).isTrue();
    }

    @Test
    void aTopicWithTooManyPartitionsIsNotUsed() throws ExecutionException, InterruptedException {
        create(65);
        assertThat(topic.isReady()).isFalse();
        assertThat(partitions()).isEqualTo(65);
    }

    @Test
    void aTopicThatDoesNotExistIsWaitedFor() throws ExecutionException, InterruptedException {
        assertThat(topic.isReady()).isFalse();
        create(64);
        assertThat(topic.isReady()).isTrue();
    }

    @Test
    void aCompactedTopicIsCreatedAndOneThatIsDeletedFromBecomesSo() throws ExecutionException, InterruptedException {
        ShardTopic compacted = ShardTopic.compacted(admin, name);
        assertThat(compacted.isReady()).isTrue();
        await().ignoreExceptions().until(() -> partitions() == 64);
        assertThat(cleanupPolicy()).isEqualTo("compact");
        for (String policy : List.of("delete", "compact,delete")) {
            ConfigResource topicConfig = new ConfigResource(ConfigResource.Type.TOPIC, name);
            AlterConfigOp change = new AlterConfigOp(
                    new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, policy), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topicConfig, List.of(change)))
                    .all()
                    .get();
            await().until(() -> cleanupPolicy().equals(policy));
            assertThat(compacted.isReady()).isTrue();
            await().until(() -> cleanupPolicy().equals("compact"));
        }
    }

    private String cleanupPolicy() throws ExecutionException, InterruptedException {
        ConfigResource topicConfig = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return admin.describeConfigs(List.of(topicConfig))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
    }

    private void create(int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get();
        await().ignoreExceptions().until(() -> partitions() == partitions);
    }

    private int partitions() throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(name))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .get()
                .partitions()
                .size();
    }
}
