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

/** Asks the processes of a pool again and again whether they are ready. */
final class HealthCheck {
    private static final Logger LOG = Logger.getLogger(HealthCheck.class.getName());
    private static final long INTERVAL_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final int READY = 200;

    private final HttpClient client;

    private HealthCheck(HttpClient client) {
        this.client = client;
    }

    static void start(Vertx vertx, UpstreamPool pool) {
        HealthCheck check = new HealthCheck(
                vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(Math.toIntExact(INTERVAL_MILLIS))));
        vertx.setPeriodic(INTERVAL_MILLIS, timer -> pool.all().forEach(upstream -> check.ask(pool, upstream)));
    }

    private void ask(UpstreamPool pool, Upstream upstream) {
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
