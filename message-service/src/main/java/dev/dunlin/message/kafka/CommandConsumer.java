package dev.dunlin.message.kafka;

import dev.dunlin.message.command.Batch;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Polls the records of this process's partitions, one poll at a time, and commits them when they
 * are done. It takes a poll's records when those before them have their seqs. At most
 * {@code maxUnstored} polls wait for the store, and thousands of records for the event stream. When
 * no more may be taken, for instance because the store is unreachable, it pauses the partitions and
 * continues to poll, so that the group keeps it.
 *
 * <p>A partition that moves to another process is handed over when all in flight is done, if that
 * is soon. If not, it is given up, and the store refuses what this process still does with its
 * records. When something in flight fails, all that was taken after it is polled again.
 *
 * <p>Has a thread of its own for Kafka.
 */
public final class CommandConsumer implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CommandConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** The longest time without a poll; far below {@code max.poll.interval.ms}. */
    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(500);
    /** Each commit is a write to Kafka, and what is not committed is only seen again. */
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(2);
    /** The most records that are not done. More wait for the event stream, if it is away. */
    private static final int MOST_UNDONE = 10_000;
    /** Long enough for any batch of a healthy store, short against the patience of a group. */
    private static final Duration HANDOVER = Duration.ofSeconds(5);

    private static final Duration COMMIT = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final int maxUnstored;
    private final Handler handler;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    /** On its way. The consumer's thread only, as all below. */
    private final InFlight inFlight = new InFlight();
    /** What is done and perhaps not committed, of the partitions that are still this consumer's. */
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();

    private boolean committed = true;
    private long committedAt = System.nanoTime();
    private volatile boolean joined;

    /**
     * Processes the records of polls, in order. Called by the consumer's thread; does not block.
     * After a batch that fails all later ones fail, and the records are polled again.
     */
    @FunctionalInterface
    public interface Handler {
        /**
         * Called by the consumer's thread before it joins the group, and again if it throws a
         * {@link KafkaException}.
         */
        default void begin() {}

        /**
         * Called before {@link #take}. If it throws a {@link KafkaException}, these records are
         * polled again.
         */
        default void expect(ConsumerRecords<String, byte[]> poll) {}

        Batch take(ConsumerRecords<String, byte[]> poll);

        /** Called by the consumer's thread when it got or lost partitions. */
        default void moved() {}
    }

    /** The consumer is this one's from now on, and closed by it. */
    public CommandConsumer(Consumer<String, byte[]> consumer, String topic, int maxUnstored, Handler handler) {
        this.consumer = consumer;
        this.topic = topic;
        this.maxUnstored = maxUnstored;
        this.handler = handler;
        this.thread = Thread.ofPlatform().name("commands").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * Whether the group has accepted it and given it its partitions, perhaps none. Until then
     * commands wait. Any thread.
     */
    public boolean joined() {
        return joined;
    }

    /** Whether it continues to take records. */
    public boolean running() {
        return thread.isAlive();
    }

    /**
     * Finishes what is in flight, within the time of a handover, commits, and leaves the group.
     * Blocks until then.
     */
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
        boolean begun = false;
        while (!stopping()) {
            try {
                if (!begun) {
                    handler.begin();
                    begun = true;
                    consumer.subscribe(List.of(topic), this);
                }
                ConsumerRecords<String, byte[]> poll = consumer.poll(POLL);
                if (!poll.isEmpty()) {
                    expect(poll);
                    inFlight.add(poll, handler.take(poll));
                }
                awaitRoom();
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (KafkaException e) {
                LOG.warnf("Kafka: %s; continuing", e.toString());
                pause();
            }
        }
        finish();
    }

    private void expect(ConsumerRecords<String, byte[]> poll) {
        try {
            handler.expect(poll);
        } catch (KafkaException e) {
            for (TopicPartition partition : poll.partitions()) {
                consumer.seek(partition, poll.records(partition).getFirst().offset());
            }
            throw e;
        }
    }

    /** Returns when the next poll's records may be taken. */
    private void awaitRoom() {
        boolean paused = false;
        settle();
        for (Optional<CompletableFuture<Void>> next = room(); next.isPresent() && !stopping(); next = room()) {
            if (!await(next.get(), BETWEEN_SIGNS)) {
                showLife();
                paused = true;
            }
            settle();
        }
        settle();
        if (paused) {
            consumer.resume(consumer.assignment());
        }
    }

    /** What has to complete before more is taken; empty if there is room. */
    private Optional<CompletableFuture<Void>> room() {
        return inFlight.newest()
                .map(Batch::sequenced)
                .filter(sequenced -> !sequenced.isDone())
                .or(() -> inFlight.unstored(maxUnstored).map(Batch::stored))
                .or(() -> inFlight.oldest()
                        .filter(oldest -> inFlight.records() >= MOST_UNDONE)
                        .map(Batch::done));
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
            LOG.warnf("Kafka: %s; continuing", e.toString());
        }
    }

    /** Whether it is over, after at most that time. */
    private boolean await(CompletableFuture<Void> future, Duration time) {
        try {
            future.get(time.toNanos(), TimeUnit.NANOSECONDS);
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

    /** What is done is committed; if something failed, all from there on comes again. */
    private void settle() {
        for (Map.Entry<TopicPartition, Long> next : inFlight.takeDone().entrySet()) {
            done.put(next.getKey(), new OffsetAndMetadata(next.getValue()));
            committed = false;
        }
        if (inFlight.oldest()
                .filter(oldest -> oldest.done().isCompletedExceptionally())
                .isPresent()) {
            takeAgain();
        }
        if (!committed && !done.isEmpty() && System.nanoTime() - committedAt > BETWEEN_COMMITS.toNanos()) {
            commit();
        }
    }

    private void takeAgain() {
        if (stopping()) {
            return;
        }
        inFlight.oldest()
                .ifPresent(oldest ->
                        LOG.errorf(oldest.done().exceptionNow(), "a batch failed and is retried; nothing is skipped"));
        while (!inFlight.allOver() && !stopping()) {
            inFlight.newest()
                    .filter(newest -> !await(newest.done(), BETWEEN_SIGNS))
                    .ifPresent(newest -> showLife());
        }
        Set<TopicPartition> assigned = consumer.assignment();
        inFlight.takeAll().forEach((partition, offset) -> {
            if (assigned.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
        consumer.resume(assigned);
        pause();
    }

    private void commit() {
        committed = true;
        committedAt = System.nanoTime();
        consumer.commitAsync(Map.copyOf(done), (offsets, failure) -> {
            if (failure != null) {
                LOG.debugf("offsets were not committed; retrying later: %s", failure.toString());
                committed = false;
            }
        });
    }

    private void commitNow() {
        if (done.isEmpty()) {
            return;
        }
        try {
            commitSync();
        } catch (KafkaException e) {
            LOG.warnf("offsets were not committed, so the records will be polled again: %s", e.toString());
        }
    }

    private void commitSync() {
        try {
            consumer.commitSync(Map.copyOf(done), COMMIT);
        } catch (WakeupException meantForThePoll) {
            consumer.commitSync(Map.copyOf(done), COMMIT);
        }
    }

    /** Waits for all in flight, as long as a handover may take, and notes what is done. */
    private void hurry() {
        inFlight.newest().ifPresent(newest -> await(newest.done(), HANDOVER));
        inFlight.takeDone().forEach((partition, next) -> done.put(partition, new OffsetAndMetadata(next)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (inFlight.holds(partitions)) {
            hurry();
        }
        commitNow();
        forget(partitions);
        handler.moved();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warnf("lost %s to another process", partitions);
        forget(partitions);
        handler.moved();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debugf("got %s", partitions);
        handler.moved();
        joined = true;
    }

    private void forget(Collection<TopicPartition> partitions) {
        inFlight.forget(partitions);
        done.keySet().removeAll(partitions);
    }

    private void finish() {
        try {
            hurry();
            commitNow();
            consumer.close(CloseOptions.timeout(COMMIT));
        } catch (KafkaException e) {
            LOG.warnf("leaving the group: %s", e.toString());
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
