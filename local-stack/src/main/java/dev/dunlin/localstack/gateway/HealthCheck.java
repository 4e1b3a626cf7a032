package dev.dunlin.localstack.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Asks the processes of a pool whether they are ready: every second while clients use the pool or a
 * process is down, else every five seconds. The connection stays open between the questions, and a
 * process that ends closes it. All are asked at once then. Runs on one event loop, as long as the
 * gateway.
 */
final class HealthCheck {
    private static final Logger LOG = Logger.getLogger(HealthCheck.class.getName());
    private static final long INTERVAL_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final int QUIET_INTERVALS = 5;
    private static final int READY = 200;

    private final HttpClient client;
    private final UpstreamPool pool;
    private int unused;
    /** At most one question between two ticks, also if a process closes each connection. */
    private boolean askedEarly;

    private HealthCheck(Vertx vertx, UpstreamPool pool) {
        this.pool = pool;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout(Math.toIntExact(INTERVAL_MILLIS)))
                .withConnectHandler(connection -> connection.closeHandler(closed -> early()))
                .build();
    }

    static void start(Vertx vertx, UpstreamPool pool) {
        vertx.runOnContext(here -> {
            HealthCheck check = new HealthCheck(vertx, pool);
            check.askAll();
            vertx.setPeriodic(INTERVAL_MILLIS, timer -> check.tick());
        });
    }

    private void tick() {
        askedEarly = false;
        unused = pool.wasUsed() || pool.hasDown() ? QUIET_INTERVALS : unused + 1;
        if (unused >= QUIET_INTERVALS) {
            unused = 0;
            askAll();
        }
    }

    private void early() {
        if (!askedEarly) {
            askedEarly = true;
            askAll();
        }
    }

    private void askAll() {
        pool.all().forEach(this::ask);
    }

    private void ask(Upstream upstream) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(upstream.host())
                .setPort(upstream.management())
                .setURI("/q/health/ready")
                .setTimeout(2 * INTERVAL_MILLIS);
        client.request(options)
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode)
                .otherwise(0)
                .onSuccess(status -> {
                    if (status == READY && pool.markUp(upstream)) {
                        LOG.info(pool.role().service() + " at " + upstream + " is up");
                    } else if (status != READY && pool.markDown(upstream)) {
                        LOG.info(pool.role().service() + " at " + upstream + " is down");
                    }
                });
    }
}
