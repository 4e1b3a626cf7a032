package dev.dunlin.message.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of this process's partitions, one poll at a time, and commits them when they are done. The next poll's are not taken before; while a batch takes long, for
 * instance since the store is away, the partitions are paused and the group goes on seeing a consumer that polls. A partition that another process is to get is handed over
 * when the batch is done, if that is soon; if not it is given up, and what this process still does with its records the store refuses.
 *
 * <p>It has a thread of its own for Kafka, and a virtual one for each batch.
 */
public final class CommandConsumer implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CommandConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** How long the group goes without a poll of this consumer; far below {@code max.poll.interval.ms}. */
    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(500);
    /** Long enough for any batch of a healthy store, short against the patience of a group. */
    private static final Duration HANDOVER = Duration.ofSeconds(5);

    private static final Duration COMMIT = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final Handler handler;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    /** What is done and perhaps not committed, of the partitions that are still this consumer's. The consumer's thread only, as all below. */
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();

    private final Set<TopicPartition> lost = new HashSet<>();
    private @Nullable Future<?> batch;
    private @Nullable ConsumerRecords<String, byte[]> records;
    private boolean committed = true;
    private volatile boolean joined;

    /** Does something with the records of a poll. Called by one virtual thread at a time; blocks. If it throws, the same records come again. */
    @FunctionalInterface
    public interface Handler {
        /** Called by the consumer's thread before it joins the group; if it throws a {@link KafkaException}, once more. */
        default void prepare() {}

        void handle(ConsumerRecords<String, byte[]> poll);
    }

    /** The consumer is this one's from now on, and closed by it. */
    public CommandConsumer(Consumer<String, byte[]> consumer, String topic, Handler handler) {
        this.consumer = consumer;
        this.topic = topic;
        this.handler = handler;
        this.thread = Thread.ofPlatform().name("commands").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether it has its part of the partitions, be it none, since the group let it in: before that a command waits. Any thread. */
    public boolean joined() {
        return joined;
    }

    /** Whether it goes on taking records. */
    public boolean running() {
        return thread.isAlive();
    }

    /** Finishes the batch, if it is done within the time of a handover, commits, and leaves the group. Blocks until then. */
    @Override
    public void close() {
        stopped.countDown();
        consumer.wakeup();
        try {
            thread.join(HANDOVER.plus(COMMIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopping() {
        return stopped.getCount() == 0;
    }

    private void run() {
        boolean prepared = false;
        while (!stopping()) {
            try {
                if (!prepared) {
                    handler.prepare();
                    prepared = true;
                    consumer.subscribe(List.of(topic), this);
                }
                take(consumer.poll(POLL));
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (KafkaException e) {
                LOG.warnf("Kafka: %s; going on", e.toString());
                pause();
            }
        }
        finish();
    }

    private void take(ConsumerRecords<String, byte[]> poll) {
        if (poll.isEmpty()) {
            commitAgain();
            return;
        }
        lost.clear();
        records = poll;
        batch = workers.submit(() -> handler.handle(poll));
        while (!await(BETWEEN_SIGNS) && !stopping()) {
            showLife();
        }
        if (batch != null && await(stopping() ? HANDOVER : Duration.ZERO)) {
            settle(poll);
        }
        consumer.resume(consumer.assignment());
    }

    /** Polls without taking anything, so that the group keeps this consumer, and rebalances. */
    private void showLife() {
        try {
            consumer.pause(consumer.assignment());
            ConsumerRecords<String, byte[]> early = consumer.poll(Duration.ZERO);
            for (TopicPartition partition : early.partitions()) {
                consumer.seek(partition, early.records(partition).getFirst().offset());
            }
        } catch (WakeupException e) {
            LOG.debug("woken to stop");
        } catch (KafkaException e) {
            LOG.warnf("Kafka: %s; going on", e.toString());
        }
    }

    /** Whether the batch is over, after at most that time. */
    private boolean await(Duration time) {
        if (batch == null) {
            return true;
        }
        try {
            batch.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
            return false;
        }
    }

    /** The batch is over: its records are committed, or come again. */
    private void settle(ConsumerRecords<String, byte[]> poll) {
        Future<?> over = batch;
        batch = null;
        records = null;
        if (over != null && over.state() == Future.State.SUCCESS) {
            markDone(poll);
            commit();
            return;
        }
        if (!stopping() && over != null) {
            LOG.errorf(
                    over.exceptionNow(), "a batch of %d records failed; again, and nothing is skipped", poll.count());
            for (TopicPartition partition : poll.partitions()) {
                if (consumer.assignment().contains(partition) && !lost.contains(partition)) {
                    consumer.seek(partition, poll.records(partition).getFirst().offset());
                }
            }
            pause();
        }
    }

    private void markDone(ConsumerRecords<String, byte[]> poll) {
        for (TopicPartition partition : poll.partitions()) {
            if (!lost.contains(partition)) {
                ConsumerRecord<String, byte[]> last = poll.records(partition).getLast();
                done.put(partition, new OffsetAndMetadata(last.offset() + 1));
            }
        }
    }

    private void commit() {
        committed = true;
        consumer.commitAsync(Map.copyOf(done), (offsets, failure) -> {
            if (failure != null) {
                LOG.debugf("offsets not committed, again later: %s", failure.toString());
                committed = false;
            }
        });
    }

    private void commitAgain() {
        if (!committed && !done.isEmpty()) {
            commit();
        }
    }

    private void commitNow() {
        if (done.isEmpty()) {
            return;
        }
        try {
            commitSync();
        } catch (KafkaException e) {
            LOG.warnf("offsets not committed, the records will be seen again: %s", e.toString());
        }
    }

    private void commitSync() {
        try {
            consumer.commitSync(Map.copyOf(done), COMMIT);
        } catch (WakeupException meantForThePoll) {
            consumer.commitSync(Map.copyOf(done), COMMIT);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        ConsumerRecords<String, byte[]> current = records;
        if (current != null && current.partitions().stream().anyMatch(partitions::contains) && await(HANDOVER)) {
            if (batch != null && batch.state() == Future.State.SUCCESS) {
                markDone(current);
            }
        }
        commitNow();
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warnf("lost %s to another process", partitions);
        forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debugf("got %s", partitions);
        joined = true;
        if (batch != null) {
            consumer.pause(partitions);
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        lost.addAll(partitions);
        done.keySet().removeAll(partitions);
    }

    private void finish() {
        try {
            commitNow();
            consumer.close(CloseOptions.timeout(COMMIT));
        } catch (KafkaException e) {
            LOG.warnf("leaving the group: %s", e.toString());
        } finally {
            workers.shutdown();
        }
    }

    private void pause() {
        try {
            boolean unused = stopped.await(BETWEEN_SIGNS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
