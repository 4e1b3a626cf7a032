package dev.dunlin.localstack.gateway;

import dev.dunlin.engines.tokens.SigningKey;
import dev.dunlin.engines.tokens.TokenIssuer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The process of the gateway: {@code GatewayMain CONFIGURATION_FILE}. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) throws IOException {
        GatewayConfig config = GatewayConfig.read(Path.of(args[0]));
        start(config, Vertx.vertx()).toCompletionStage().toCompletableFuture().join();
        System.out.println("The gateway listens on " + config.bind() + ":" + config.port());
    }

    /** Starts the gateway; the future fails if its port is taken. */
    static Future<String> start(GatewayConfig config, Vertx vertx) throws IOException {
        return start(config, vertx, Clock.systemUTC());
    }

    /** The same with another clock. */
    static Future<String> start(GatewayConfig config, Vertx vertx, Clock clock) throws IOException {
        SigningKey key = SigningKey.load(config.keyFile());
        TokenIssuer issuer = new TokenIssuer(key, clock);
        DevTokens tokens = new DevTokens(issuer);
        Map<Role, UpstreamPool> pools = new EnumMap<>(Role.class);
        Arrays.stream(Role.values())
                .forEach(role -> pools.put(
                        role,
                        new UpstreamPool(
                                role, Objects.requireNonNull(config.upstreams().get(role)))));
        HealthCheck.start(vertx, Objects.requireNonNull(pools.get(Role.CONNECTION)));
        DevExamples examples = DevExamples.start(Objects.requireNonNull(pools.get(Role.MESSAGE)), issuer, clock);
        PushLog log = new PushLog();
        DevPush push = new DevPush(log, clock);
        DevHook hook = new DevHook(log, clock);
        return vertx.deployVerticle(
                () -> new Gateway(config, key.jwks(), tokens, examples, push, hook, pools),
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()));
    }
}
