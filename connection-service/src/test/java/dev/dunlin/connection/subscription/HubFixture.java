package dev.dunlin.connection.subscription;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.catchup.LogPages;
import dev.dunlin.connection.catchup.TailBudget;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryBus;
import dev.dunlin.connection.fake.MemoryLog;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import java.time.Duration;

/** A hub on ports that are driven by hand, with one channel. */
final class HubFixture {
    static final ChannelName CHANNEL = new ChannelName("room:lobby");
    static final BusChannel BUS_CHANNEL = BusChannel.named("ch:room:lobby");

    static final int TAIL_EVENTS = 5;
    static final Duration SWEEP = Duration.ofMinutes(5);
    static final Duration COALESCE = Duration.ofMillis(20);

    final ManualLoop loop = new ManualLoop();
    final MemoryBus bus = new MemoryBus();
    final MemoryLog log = new MemoryLog();
    final CountingMetrics metrics = new CountingMetrics();
    final BusSubscriptions busSubscriptions = new BusSubscriptions(bus, metrics);
    final TailBudget tails = new TailBudget(new TailBudget.Limits(TAIL_EVENTS, 100_000, 1_000_000));
    final ChannelHub hub = new ChannelHub(
            busSubscriptions,
            log,
            new LogPages(log, 4, 100, metrics),
            tails,
            loop,
            new HubLimits(4, 3, Duration.ofMillis(10), Duration.ofSeconds(10), SWEEP, COALESCE),
            metrics);

    /** The bus brings events. */
    void bring(long... seqs) {
        for (long seq : seqs) {
            busSubscriptions.received(
                    BUS_CHANNEL,
                    BusMessage.event(
                                    seq,
                                    MemoryLog.EPOCH,
                                    new TraceId(1, 1),
                                    null,
                                    Json.write(MemoryLog.message(CHANNEL, seq)))
                            .encode());
        }
        loop.run();
    }

    LogHead head(long seq) {
        return new LogHead(MemoryLog.EPOCH, seq);
    }
}
