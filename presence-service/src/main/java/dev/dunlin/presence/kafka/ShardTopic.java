package dev.dunlin.presence.kafka;

import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jboss.logging.Logger;

/**
 * Sees that {@link Topics#SESSION_EVENTS} has one partition for each shard. One of an earlier
 * release has fewer and is grown. For one thread; blocks.
 */
public final class SessionTopic {
    private static final Logger LOG = Logger.getLogger(SessionTopic.class);

    private final Admin admin;
    private final String name;
    private boolean warned;

    public SessionTopic(Admin admin) {
        this(admin, Topics.SESSION_EVENTS);
    }

    SessionTopic(Admin admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    /** Whether it has as many as it must. */
    boolean isReady() {
        try {
            TopicDescription topic = admin.describeTopics(List.of(name))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get();
            int partitions = topic.partitions().size();
            if (partitions < PresenceShard.COUNT) {
                admin.createPartitions(Map.of(name, NewPartitions.increaseTo(PresenceShard.COUNT)))
                        .all()
                        .get();
                LOG.infof("%s had %d partitions and has %d now", name, partitions, PresenceShard.COUNT);
            } else if (partitions > PresenceShard.COUNT) {
                warn("it has " + partitions + ": delete it and create it with " + PresenceShard.COUNT);
                return false;
            }
            return true;
        } catch (ExecutionException e) {
            warn(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
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
