package dev.dunlin.push.event.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.event.Decider;
import dev.dunlin.push.event.Heard;
import dev.dunlin.push.member.Followed;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Consumes {@code channel.events}, at least once: it commits an offset after the batch is decided.
 * While another service or the database is unreachable, it retries the batch. Messages that become
 * too old meanwhile notify nobody, so one batch cannot block forever. A record that cannot be read
 * is logged and skipped.
 */
@ApplicationScoped
class ChannelEventConsumer {
    private static final Logger LOG = Logger.getLogger(ChannelEventConsumer.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Decider decider;
    private final Followed gate;
    private final ExecutorService threads;
    /** Then a failure says nothing about an event: the clients that it needs are being closed. */
    private volatile boolean stopping;

    @Inject
    ChannelEventConsumer(Decider decider, Followed gate, @VirtualThreads ExecutorService threads) {
        this.decider = decider;
        this.gate = gate;
        this.threads = threads;
    }

    /**
     * Each partition of a batch has a thread. The next batch is requested when the Uni completes.
     * {@code @RunOnVirtualThread} would run batches concurrently, and a read mark before its
     * message.
     */
    @Incoming("channel-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        List<CompletableFuture<Void>> partitions = records.partitions().stream()
                .map(partition -> CompletableFuture.runAsync(() -> decideAll(records.records(partition)), threads))
                .toList();
        return Uni.createFrom().completionStage(CompletableFuture.allOf(partitions.toArray(CompletableFuture[]::new)));
    }

    private void decideAll(List<ConsumerRecord<String, byte[]>> records) {
        List<Heard> batch = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            if (!passesOver(record.key())) {
                read(record).ifPresent(batch::add);
            }
        }
        try {
            gate.await();
            decide(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unread(e);
        }
    }

    /** Runs before anything is closed that is used here. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }

    private static IllegalStateException unread(Exception cause) {
        return new IllegalStateException("the service stops; the batch is read again after the next start", cause);
    }

    private void decide(List<Heard> batch) throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
        while (true) {
            Duration wait;
            try {
                decider.decide(batch);
                return;
            } catch (Unreachable e) {
                wait = backoff.next();
                LOG.warnf("notifications are delayed, retrying in %d ms: %s", wait.toMillis(), e.getMessage());
            } catch (RuntimeException e) {
                if (stopping) {
                    throw unread(e);
                }
                decideOneByOne(batch, e);
                return;
            }
            Thread.sleep(wait);
        }
    }

    /**
     * Decides on each event by itself: one that fails must not cost the others their notifications.
     */
    private void decideOneByOne(List<Heard> batch, RuntimeException failure) throws InterruptedException {
        if (batch.size() == 1) {
            LOG.errorf(
                    failure, "skipped an event, trace id %s", batch.getFirst().trace());
            return;
        }
        for (Heard heard : batch) {
            decide(List.of(heard));
        }
    }

    /** Skips most events unread: their key names a channel that never notifies. */
    private boolean passesOver(@Nullable String key) {
        try {
            return key != null && decider.passesOver(new ChannelName(key));
        } catch (IllegalArgumentException noChannel) {
            return false;
        }
    }

    private static Optional<Heard> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(new Heard(Json.read(record.value(), ChannelEvent.class), trace(record)));
        } catch (InvalidInput e) {
            LOG.errorf(
                    "skipped a record of %s, partition %d, offset %d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private static TraceId trace(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(TraceId.HEADER);
        return TraceId.parse(header == null ? null : new String(header.value(), UTF_8))
                .orElseGet(() -> TraceId.next(RandomGenerator.getDefault()));
    }
}
