package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.report.Latency;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Whether devices of a provider that answers wait for those of one that never does. Both groups get
 * a message at the same time, the dead provider's first, so that its rows are due first. Blocks.
 */
final class BesideDead {
    private static final int WARM = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MockProviders providers;
    private final Group healthy;
    private final Group dead;

    private BesideDead(MockProviders providers, Group healthy, Group dead) {
        this.providers = providers;
        this.healthy = healthy;
        this.dead = dead;
    }

    /** Makes both groups, of {@code devices} each, and measures. */
    static PushFigures.Beside measure(
            BenchmarkSuite suite, Rest rest, MockProviders providers, int devices, int messages)
            throws IOException, InterruptedException {
        Group healthy =
                Group.create(suite, rest, "healthy", devices, device -> providers.registration(Provider.FCM, device));
        Group dead = Group.create(suite, rest, "dead", devices, providers::deadRegistration);
        BesideDead beside = new BesideDead(providers, healthy, dead);
        var unused = beside.publish(WARM, false);
        Latency alone = beside.publish(messages, false);
        Latency besideDead = beside.publish(messages, true);
        System.err.printf(
                "    p50 / p99 alone %s ms, beside a dead provider %s ms%n", alone.p50AndP99(), besideDead.p50AndP99());
        return new PushFigures.Beside(devices, messages, alone, besideDead, providers.swallowed());
    }

    private Latency publish(int messages, boolean both) throws IOException, InterruptedException {
        Histogram times = Received.histogram();
        for (int i = 0; i < messages; i++) {
            Received received = providers.begin(Provider.FCM, healthy.members());
            if (both) {
                long unused = dead.publish();
            }
            long start = System.nanoTime();
            long unused = healthy.publish();
            if (!received.await(PATIENCE)) {
                throw new IOException("of %d notifications %d came".formatted(healthy.members(), received.count()));
            }
            received.addTo(times, start);
        }
        return Latency.of(times);
    }
}
