package dev.dunlin.benchmark.tap;

import dev.dunlin.benchmark.load.MessageIds;
import dev.dunlin.protocol.kafka.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Two more listeners: a consumer of the commands' topic and a subscriber of every channel on the
 * bus. They cost something, so they listen in a round of their own.
 */
public final class Taps implements AutoCloseable {
    private static final int OVERLAP = 32;

    private final StageTimes times;
    private final Socket bus;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread commands;
    private final Thread events;
    private volatile boolean closing;

    /** Connects. */
    public Taps(String kafka, int redisPort, StageTimes times) throws IOException {
        this.times = times;
        this.bus = new Socket(InetAddress.getLoopbackAddress(), redisPort);
        bus.getOutputStream().write("PSUBSCRIBE ch:*\r\n".getBytes(StandardCharsets.US_ASCII));
        this.commands = Thread.ofPlatform().name("tap-commands").daemon().start(() -> readCommands(kafka));
        this.events = Thread.ofPlatform().name("tap-events").daemon().start(this::readEvents);
    }

    /** Waits until nothing that is sent from now on is missed. */
    public void listen() throws InterruptedException {
        ready.await();
    }

    private void readCommands(String kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.CHANNEL_COMMANDS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            ready.countDown();
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    times.command(record.value(), 0, record.value().length, System.nanoTime());
                }
            }
        }
    }

    /**
     * Looks for ids in the bytes as they come; those on the edge of two reads are found by reading
     * on over the last bytes again.
     */
    private void readEvents() {
        byte[] bytes = new byte[256 * 1024];
        int kept = 0;
        try (InputStream in = bus.getInputStream()) {
            for (int count = in.read(bytes, kept, bytes.length - kept);
                    count >= 0;
                    count = in.read(bytes, kept, bytes.length - kept)) {
                int end = kept + count;
                times.event(bytes, 0, end, System.nanoTime());
                kept = Math.min(end, OVERLAP + MessageIds.LENGTH);
                System.arraycopy(bytes, end - kept, bytes, 0, kept);
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        bus.close();
        try {
            commands.join(2_000);
            events.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
