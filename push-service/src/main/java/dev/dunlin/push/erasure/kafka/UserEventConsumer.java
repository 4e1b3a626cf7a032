package dev.dunlin.push.erasure.kafka;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.kafka.UserEvent;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.preference.PreferencesStore;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes {@code user.events}, at least once: it commits an offset after the batch is carried out.
 * An erasure that fails is retried until it succeeds; it is never skipped. A record that cannot be
 * read is logged and skipped.
 */
@ApplicationScoped
class UserEventConsumer {
    private static final Logger LOG = Logger.getLogger(UserEventConsumer.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Devices devices;
    private final PreferencesStore preferences;
    private final ExecutorService threads;

    @Inject
    UserEventConsumer(Devices devices, PreferencesStore preferences, @VirtualThreads ExecutorService threads) {
        this.devices = devices;
        this.preferences = preferences;
        this.threads = threads;
    }

    /**
     * Batches are processed one after the other: the next one is requested when the Uni completes.
     */
    @Incoming("user-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return Uni.createFrom().voidItem().emitOn(threads).invoke(() -> carryOut(records));
    }

    private void carryOut(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                carryOut(Json.read(record.value(), UserEvent.class));
            } catch (InvalidInput e) {
                LOG.errorf(
                        "skipped a record of %s, partition %d, offset %d: %s",
                        record.topic(), record.partition(), record.offset(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the service stops; the batch is read again after the next start", e);
            }
        }
    }

    private void carryOut(UserEvent event) throws InterruptedException {
        while (true) {
            try {
                switch (event) {
                    case UserEvent.UserErased erased -> {
                        LOG.infof("%d devices of an erased user removed", devices.removeAll(erased.user()));
                        preferences.remove(erased.user());
                    }
                    case UserEvent.SessionsEnded ended -> {} // RevocationLog reads these in every process
                }
                return;
            } catch (RuntimeException e) {
                LOG.warnf("an erasure is delayed, retrying in %d ms: %s", PAUSE.toMillis(), e.getMessage());
            }
            Thread.sleep(PAUSE);
        }
    }
}
