package dev.dunlin.push.config;

import dev.dunlin.push.delivery.webpush.VapidFiles;
import dev.dunlin.push.delivery.webpush.VapidKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Wires the VAPID keys. A key that cannot be used stops the start with one line. */
final class VapidWiring {
    private static final String KEY_FILE = "vapid.key-file";
    private static final String ALLOWED = "a readable PEM file with a P-256 private key in PKCS #8: ";

    @Produces
    @Singleton
    VapidKeys vapidKeys(PushConfig config, Clock clock, MeterRegistry metrics) {
        PushConfig.Vapid vapid = config.vapid();
        VapidFiles files = new VapidFiles(vapid.keyFile(), vapid.keys());
        VapidFiles.Content content = read(files, vapid);
        String subject = vapid.subject().orElse("");
        if (!content.keys().isEmpty() && !subject.startsWith("mailto:") && !subject.startsWith("https:")) {
            throw ConfigCheck.refuse("vapid.subject", subject, "a mailto: or https: URL when there is a key");
        }
        MultiGauge ages = MultiGauge.builder("dunlin.push.key.age")
                .description("Time since the file of a key was written")
                .baseUnit("seconds")
                .register(metrics);
        return new VapidKeys(files, content, subject, clock, written -> show(ages, written, clock));
    }

    /** Reads the keys of the configuration; the same rules hold for every file. */
    static VapidFiles.Content read(VapidFiles files, PushConfig.Vapid vapid) {
        VapidFiles.Content content = files.read();
        for (VapidFiles.Fault fault : content.faults().values()) {
            Path file = fault.file();
            String key = vapid.keyFile().filter(file::equals).isPresent() ? KEY_FILE : "vapid.keys";
            throw ConfigCheck.refuse(key, file, ALLOWED + fault.reason());
        }
        if (vapid.keys().isPresent() && content.keys().isEmpty()) {
            throw ConfigCheck.refuse("vapid.keys", vapid.keys().get(), "a directory with a file <id>.pem");
        }
        return content;
    }

    private static void show(MultiGauge ages, Map<String, Instant> written, Clock clock) {
        ages.register(
                written.entrySet().stream()
                        .<MultiGauge.Row<?>>map(key -> MultiGauge.Row.of(
                                Tags.of("key", "vapid:" + key.getKey()), key.getValue(), since -> age(since, clock)))
                        .toList(),
                true);
    }

    private static double age(Instant since, Clock clock) {
        return Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
