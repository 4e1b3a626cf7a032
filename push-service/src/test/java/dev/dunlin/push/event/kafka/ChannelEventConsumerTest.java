package dev.dunlin.push.event.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.event.Decider;
import dev.dunlin.push.member.Followed;
import dev.dunlin.push.member.Members;
import dev.dunlin.push.member.Membership;
import dev.dunlin.push.schedule.Pending;
import io.quarkus.runtime.ShutdownEvent;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ChannelEventConsumerTest {
    private static final TopicPartition PARTITION = new TopicPartition("channel.events", 0);

    private final ChannelEventConsumer consumer = consumer();

    @Test
    void anEventThatFailsIsSkippedSoThatOthersAreDecided() {
        assertThat(consumer.consume(batch()).await().atMost(Duration.ofSeconds(20)))
                .isNull();
    }

    @Test
    void whatFailsWhileTheServiceStopsIsReadAgain() {
        consumer.stop(new ShutdownEvent());
        assertThatThrownBy(() -> consumer.consume(batch()).await().atMost(Duration.ofSeconds(20)))
                .hasStackTraceContaining("the service stops; the batch is read again after the next start");
    }

    /** All that it calls is closed. */
    private static ChannelEventConsumer consumer() {
        Channels channels = closed(Channels.class);
        Membership membership = new Membership(closed(Members.class), channels);
        Followed followed = new Followed(membership);
        followed.run();
        Decider decider = new Decider(
                channels,
                membership,
                _ -> Map.of(),
                closed(Pending.class),
                new Decision(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofSeconds(2)),
                Clock.systemUTC(),
                Duration.ofSeconds(2),
                (_, _) -> {});
        return new ChannelEventConsumer(decider, followed, Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Lists are empty and nothing is silent; any other call fails as one of a closed client. */
    private static <T> T closed(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            if (method.getReturnType() == List.class) {
                return List.of();
            }
            if (method.getReturnType() == boolean.class) {
                return false;
            }
            throw new IllegalStateException("Client is closed");
        }));
    }

    private static ConsumerRecords<String, byte[]> batch() {
        ServerFrame.Message message = new ServerFrame.Message(
                new ChannelName("group:eng"),
                1,
                new ClientMessageId("m1"),
                new UserId("alice"),
                Clock.systemUTC().millis(),
                TextNode.valueOf("hi"),
                null,
                null,
                null,
                null);
        byte[] event = Json.write(new ChannelEvent(new Epoch("e1"), message));
        return new ConsumerRecords<>(
                Map.of(PARTITION, List.of(new ConsumerRecord<>(PARTITION.topic(), 0, 0, "group:eng", event))),
                Map.of());
    }
}
