package dev.dunlin.localstack.gateway;

import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenIssuer.Token;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.protocol.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * Publishes made-up prices to {@code live:*}, with a back end's token and by the bulk call, as a back end would. A wish holds for
 * {@link #LEASE} only, so that a page that was closed does not fill the log for ever. {@link #run} may be called on any thread; all
 * else happens on the event loop that {@link #start} is called on.
 */
final class TickerFeed {
    static final int MOST_PER_SECOND = 1_000;

    private static final Logger LOG = Logger.getLogger(TickerFeed.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final int BEAT_MILLIS = 25;
    /** More calls than this are not under way: a suite that is slower gets fewer prices. */
    private static final int MOST_CALLS = 4;

    private final HttpClient client;
    private final UpstreamPool services;
    private final TokenIssuer issuer;
    private final Clock clock;
    private final List<Instrument> instruments;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private volatile Wanted wanted = new Wanted(0, Instant.MIN);
    private final AtomicLong published = new AtomicLong();
    private Optional<Token> token = Optional.empty();
    private double due;
    private long made;
    private int calls;

    private TickerFeed(
            HttpClient client, UpstreamPool services, TokenIssuer issuer, Clock clock, RandomGenerator random) {
        this.client = client;
        this.services = services;
        this.issuer = issuer;
        this.clock = clock;
        this.instruments = List.of(
                new Instrument("live:eurusd", new RandomWalk(1.0842, 5, random)),
                new Instrument("live:gold", new RandomWalk(2_412.3, 2, random)),
                new Instrument("live:bitcoin", new RandomWalk(64_180, 1, random)),
                new Instrument("live:wheat", new RandomWalk(214.5, 2, random)));
    }

    static TickerFeed start(
            Vertx vertx, UpstreamPool services, TokenIssuer issuer, Clock clock, RandomGenerator random) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(2_000));
        TickerFeed feed = new TickerFeed(client, services, issuer, clock, random);
        vertx.setPeriodic(BEAT_MILLIS, timer -> feed.beat());
        return feed;
    }

    /** Prices of now on, for the time of the lease; 0 ends them. Returns how it stands. */
    Status run(int perSecond) {
        wanted = new Wanted(perSecond, clock.instant().plus(LEASE));
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

    private void beat() {
        Wanted now = wanted;
        if (now.perSecond() == 0 || now.until().isBefore(clock.instant())) {
            due = 0;
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
            Quote quote = new Quote(instrument.price().step(seconds), clock.millis());
            messages.add(new Message(instrument.channel(), run + "-" + made, quote));
        }
        return new Batch(messages);
    }

    private void publish(Batch batch, int count) {
        Upstream service = services.candidates().getFirst();
        RequestOptions call = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(service.host())
                .setPort(service.port())
                .setURI("/v1/publish")
                .setTimeout(10_000)
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        calls++;
        client.request(call)
                .compose(request -> request.send(Buffer.buffer(Json.write(batch))))
                .onComplete(answered -> {
                    calls--;
                    if (answered.succeeded() && answered.result().statusCode() == 200) {
                        published.addAndGet(count);
                    } else {
                        LOG.fine(() -> "no prices: "
                                + (answered.failed()
                                        ? answered.cause()
                                        : answered.result().statusCode()));
                    }
                });
    }

    private String token() {
        Instant soon = clock.instant().plusSeconds(60);
        Token good = token.filter(held -> held.expiresAt().isAfter(soon))
                .orElseGet(() -> issuer.issue(TokenRequest.server("ticker", TOKEN_LIFE)));
        token = Optional.of(good);
        return good.value();
    }
}
