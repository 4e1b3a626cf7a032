package dev.dunlin.examples.ticker;

import dev.dunlin.localstack.gateway.DevExample.BackEnd;
import dev.dunlin.protocol.Json;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Publishes made-up prices to {@code live:*} with the bulk call, as a back end would. A request
 * holds for {@link #LEASE} only, so that a page that was closed does not fill the log for ever.
 * {@link #run} may be called on any thread; all else happens on one thread of its own, which lives
 * as long as the process and sleeps while no prices are wanted. A call that fails is not repeated.
 */
final class TickerFeed {
    static final int MOST_PER_SECOND = 1_000;

    private static final Logger LOG = Logger.getLogger(TickerFeed.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BEAT_MILLIS = 25;
    /** More calls than this are not in flight: a suite that is slower gets fewer prices. */
    private static final int MOST_CALLS = 4;

    private final HttpClient client;
    private final BackEnd backEnd;
    private final ScheduledExecutorService thread;
    private final List<Instrument> instruments;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private volatile Wanted wanted = new Wanted(0, Instant.MIN);
    private final AtomicLong published = new AtomicLong();
    /** While prices are wanted. On the thread, as the fields below. */
    private @Nullable ScheduledFuture<?> beats;

    private double due;
    private long made;
    private int calls;

    private TickerFeed(HttpClient client, BackEnd backEnd, ScheduledExecutorService thread, RandomGenerator random) {
        this.client = client;
        this.backEnd = backEnd;
        this.thread = thread;
        this.instruments = List.of(
                new Instrument("live:eurusd", new RandomWalk(1.0842, 5, random)),
                new Instrument("live:gold", new RandomWalk(2_412.3, 2, random)),
                new Instrument("live:bitcoin", new RandomWalk(64_180, 1, random)),
                new Instrument("live:wheat", new RandomWalk(214.5, 2, random)));
    }

    static TickerFeed start(BackEnd backEnd, RandomGenerator random) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("ticker").factory());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        return new TickerFeed(client, backEnd, thread, random);
    }

    /** Prices of now on, for the time of the lease; 0 ends them. Returns how it stands. */
    Status run(int perSecond) {
        wanted = new Wanted(perSecond, backEnd.clock().instant().plus(LEASE));
        thread.execute(this::startBeats);
        return new Status(
                perSecond,
                published.get(),
                instruments.stream().map(Instrument::channel).toList());
    }

    /** @param published how many prices the suite has taken since the gateway started */
    record Status(int perSecond, long published, List<String> channels) {}

    /** @param at when it was made, ms since 1970 */
    record Quote(BigDecimal price, long at) {}

    private record Wanted(int perSecond, Instant until) {}

    private record Instrument(String channel, RandomWalk price) {}

    private record Message(String channel, String id, Quote data) {}

    private record Batch(List<Message> messages) {}

    private void startBeats() {
        if (beats == null) {
            beats = thread.scheduleAtFixedRate(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void stopBeats() {
        if (beats != null) {
            beats.cancel(false);
            beats = null;
        }
    }

    // An exception would end the timer.
    private void beat() {
        try {
            publishWhatIsDue();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "no prices", e);
        }
    }

    private void publishWhatIsDue() {
        Wanted now = wanted;
        if (now.perSecond() == 0 || now.until().isBefore(backEnd.clock().instant())) {
            due = 0;
            stopBeats();
            return;
        }
        // What a slow suite did not take is not made up for.
        due = Math.min(due + now.perSecond() * BEAT_MILLIS / 1_000.0, now.perSecond());
        int count = (int) due;
        if (count > 0 && calls < MOST_CALLS) {
            due -= count;
            publish(batch(count, (double) instruments.size() / now.perSecond()), count);
        }
    }

    private Batch batch(int count, double seconds) {
        List<Message> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instrument instrument = instruments.get((int) (made++ % instruments.size()));
            Quote quote =
                    new Quote(instrument.price().step(seconds), backEnd.clock().millis());
            messages.add(new Message(instrument.channel(), run + "-" + made, quote));
        }
        return new Batch(messages);
    }

    private void publish(Batch batch, int count) {
        HttpRequest call = HttpRequest.newBuilder(backEnd.messageService().resolve("/v1/publish"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + backEnd.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(batch)))
                .build();
        calls++;
        var unused = client.sendAsync(call, BodyHandlers.discarding())
                .whenCompleteAsync((answer, failure) -> note(count, answer, failure), thread);
    }

    private void note(int count, @Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
        calls--;
        if (answer != null && answer.statusCode() == 200) {
            published.addAndGet(count);
        } else {
            LOG.fine(() -> "no prices: " + (answer == null ? failure : answer.statusCode()));
        }
    }
}
