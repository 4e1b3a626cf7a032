package dev.dunlin.message.testing;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends commands as connection-service does, and reads events as push-service does. */
public final class Kafka implements AutoCloseable {
    private final String servers;
    private final KafkaProducer<String, byte[]> producer;

    public Kafka(String servers) {
        this.servers = servers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    public void send(ChannelCommand command, TraceId trace) {
        sendRaw(command.channel().value(), Json.write(command), trace);
    }

    /** Sends any bytes, and waits until the broker has them. */
    public void sendRaw(String key, byte[] value, TraceId trace) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.CHANNEL_COMMANDS, key, value);
        record.headers().add(TraceId.HEADER, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The events of a channel so far, of which there must be {@code count}; fails if they do not
     * come.
     */
    public List<ChannelEvent> events(ChannelName channel, int count) throws InvalidInput {
        List<ChannelEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(Topics.CHANNEL_EVENTS, channel.value(), count)) {
            events.add(Json.read(record.value(), ChannelEvent.class));
        }
        return events;
    }

    /**
     * What was said of a user so far, which must be {@code count} times; fails if it does not come.
     */
    public List<UserEvent> userEvents(UserId user, int count) throws InvalidInput {
        List<UserEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(Topics.USER_EVENTS, user.value(), count)) {
            events.add(Json.read(record.value(), UserEvent.class));
        }
        return events;
    }

    /**
     * The records of that key that were dead-lettered so far, of which there must be {@code count};
     * fails if they do not come.
     */
    public List<ConsumerRecord<String, byte[]>> deadLetters(String key, int count) {
        return records(Topics.CHANNEL_COMMANDS_DLQ, key, count);
    }

    /** How many records of that key a topic has up to now. */
    public int count(String topic, String key) {
        int found = 0;
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(250))) {
                    found += key.equals(record.key()) ? 1 : 0;
                }
            }
        }
        return found;
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic, String key, int count) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int polls = 0; polls < 60 && found.size() < count; polls++) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(250))) {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                }
            }
        }
        if (found.size() < count) {
            throw new AssertionError("only " + found);
        }
        return found;
    }

    /** How many commands a group has not committed, over all partitions. */
    public long lag(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            List<TopicPartition> partitions = producer.partitionsFor(Topics.CHANNEL_COMMANDS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            long lag = 0;
            for (var end : admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .entrySet()) {
                OffsetAndMetadata done = committed.get(end.getKey());
                lag += end.getValue().offset() - (done == null ? 0 : done.offset());
            }
            return lag;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
