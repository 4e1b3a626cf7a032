package dev.dunlin.message.kafka;

import dev.dunlin.message.command.Batch;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The polls in flight, the oldest first. Partitions that this process lost are removed from them.
 * One thread.
 */
final class InFlight {
    private final Deque<Poll> polls = new ArrayDeque<>();

    private int records;

    /** The first offset of each partition, and the one after the last. */
    private record Poll(Batch batch, int records, Map<TopicPartition, Long> first, Map<TopicPartition, Long> next) {}

    void add(ConsumerRecords<String, byte[]> records, Batch batch) {
        Map<TopicPartition, Long> first = new HashMap<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<String, byte[]>> those = records.records(partition);
            first.put(partition, those.getFirst().offset());
            next.put(partition, those.getLast().offset() + 1);
        }
        this.records += records.count();
        polls.addLast(new Poll(batch, records.count(), first, next));
    }

    /** How many records the polls hold. */
    int records() {
        return records;
    }

    Optional<Batch> oldest() {
        return Optional.ofNullable(polls.peekFirst()).map(Poll::batch);
    }

    Optional<Batch> newest() {
        return Optional.ofNullable(polls.peekLast()).map(Poll::batch);
    }

    /** The batch that is stored next, if {@code most} or more are not yet stored. */
    Optional<Batch> unstored(int most) {
        Batch next = null;
        int unstored = 0;
        // The newest first: those before a stored one are stored.
        for (Iterator<Poll> newestFirst = polls.descendingIterator(); newestFirst.hasNext(); unstored++) {
            Batch batch = newestFirst.next().batch();
            if (batch.stored().isDone()) {
                break;
            }
            next = batch;
        }
        return unstored >= most ? Optional.ofNullable(next) : Optional.empty();
    }

    boolean allOver() {
        return polls.stream().allMatch(poll -> poll.batch().done().isDone());
    }

    boolean holds(Collection<TopicPartition> partitions) {
        return polls.stream().anyMatch(poll -> poll.next().keySet().stream().anyMatch(partitions::contains));
    }

    /**
     * Removes the polls that are done, up to the first that is not done or has failed. Returns the
     * next offset of each partition.
     */
    Map<TopicPartition, Long> takeDone() {
        Map<TopicPartition, Long> next = new HashMap<>();
        while (!polls.isEmpty() && polls.getFirst().batch().done().state() == Future.State.SUCCESS) {
            Poll done = polls.removeFirst();
            records -= done.records();
            next.putAll(done.next());
        }
        return next;
    }

    /** Takes out all; gives where each partition began. */
    Map<TopicPartition, Long> takeAll() {
        Map<TopicPartition, Long> first = new HashMap<>();
        polls.forEach(poll -> poll.first().forEach(first::putIfAbsent));
        polls.clear();
        records = 0;
        return first;
    }

    void forget(Collection<TopicPartition> partitions) {
        polls.forEach(poll -> {
            poll.first().keySet().removeAll(partitions);
            poll.next().keySet().removeAll(partitions);
        });
    }
}
