package dev.dunlin.message.config;

import dev.dunlin.message.command.BatchObserver;
import dev.dunlin.message.command.BatchObservers;
import dev.dunlin.message.command.Bus;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.LogHealth;
import dev.dunlin.message.command.PublishRates;
import dev.dunlin.message.command.Retry;
import dev.dunlin.message.kafka.KafkaWriter;
import dev.dunlin.message.metrics.MicrometerBatchObserver;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.sequencer.Sequencer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Wires the log: namespaces, sequencer, processor. */
final class Log {
    @Produces
    @Singleton
    Namespaces namespaces(NamespaceSettings settings) {
        return Settings.namespaces(settings);
    }

    @Produces
    @Singleton
    Retry retry(CommandSettings settings) {
        Duration most =
                Settings.within("dunlin.commands.max-retry-pause", settings.maxRetryPause(), Duration.ofMinutes(1));
        return new Retry(Settings.within("dunlin.commands.retry-pause", settings.retryPause(), most), most);
    }

    @Produces
    @Singleton
    LogHealth health() {
        return new LogHealth(InstantSource.system());
    }

    @Produces
    @Singleton
    CommandProcessor processor(
            Namespaces namespaces,
            ChannelLog channelLog,
            Bus bus,
            KafkaWriter writer,
            MeterRegistry metrics,
            LogHealth health,
            PublishRates rates,
            Retry retry) {
        BatchObserver observer = new BatchObservers(List.of(new MicrometerBatchObserver(metrics), health, rates));
        CommandProcessor processor =
                new CommandProcessor(new Sequencer(namespaces), channelLog, bus, writer, observer, retry);
        Gauge.builder("dunlin.batches.ahead", processor, CommandProcessor::inFlight)
                .description("Batches that are delivered and not stored yet")
                .register(metrics);
        return processor;
    }
}
