package dev.dunlin.message.config;

import dev.dunlin.message.command.BatchObserver;
import dev.dunlin.message.command.BatchObservers;
import dev.dunlin.message.command.Bus;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.LogHealth;
import dev.dunlin.message.command.LogPorts;
import dev.dunlin.message.command.PublishRates;
import dev.dunlin.message.command.Retry;
import dev.dunlin.message.kafka.KafkaWriter;
import dev.dunlin.message.metrics.MicrometerBatchObserver;
import dev.dunlin.message.namespace.NamespacePolicy;
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
    /** Nobody waits for the event stream: push-service gathers for longer. */
    private static final Duration EVENTS_LINGER = Duration.ofMillis(50);

    private static final int LEAST_REMEMBERED = 1_000;
    private static final int MOST_REMEMBERED = 100_000_000;

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
            CommandSettings settings,
            MeterRegistry metrics,
            LogHealth health,
            PublishRates rates,
            Retry retry) {
        BatchObserver observer = new BatchObservers(List.of(new MicrometerBatchObserver(metrics), health, rates));
        LogPorts ports = new LogPorts(
                new Sequencer(namespaces),
                channelLog,
                bus,
                writer,
                channel ->
                        namespaces.find(channel).filter(NamespacePolicy::events).isPresent(),
                observer,
                retry);
        CommandProcessor processor = new CommandProcessor(
                ports,
                EVENTS_LINGER,
                Settings.between(
                        "dunlin.commands.remembered", settings.remembered(), LEAST_REMEMBERED, MOST_REMEMBERED));
        Gauge.builder("dunlin.batches.ahead", processor, CommandProcessor::inFlight)
                .description("Batches that are delivered and not stored yet")
                .register(metrics);
        Gauge.builder("dunlin.state.remembered", processor, CommandProcessor::remembered)
                .description("Channels, members, marks, messages and message ids that are kept in memory")
                .register(metrics);
        return processor;
    }
}
