package dev.dunlin.edge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A script runs on a Redis that knows it and on one that does not. */
@BesideQuarkus
@Timeout(60)
@SuppressWarnings("NullAway.Init") // start() sets the fields
class ScriptIT {
    private static final Script APPEND = Script.resource(ScriptIT.class, "/lua/append.lua");

    private final Vertx vertx = Vertx.vertx();
    private OwnRedis engine;
    private PinnedConnection connection;

    @BeforeEach
    void start() throws Exception {
        engine = OwnRedis.start();
        connection = new PinnedConnection(
                "scripts",
                vertx,
                Redis.createClient(vertx, engine.uri()),
                TwoConnections.PATIENCE,
                new PinnedConnection.Listener() {});
        connection.start().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void sourceIsSentOnce() throws Exception {
        assertThat(append("a")).isEqualTo("a");
        assertThat(append("b")).isEqualTo("ab");

        assertThat(engine.ask("INFO commandstats"))
                .contains("cmdstat_eval:calls=1,")
                .contains("cmdstat_evalsha:calls=2,");
    }

    @Test
    void sourceIsSentAgainWhenRedisForgotIt() throws Exception {
        assertThat(append("a")).isEqualTo("a");
        engine.ask("SCRIPT FLUSH");

        assertThat(append("b")).isEqualTo("ab");
    }

    @Test
    void errorOfTheScriptKeepsTheConnection() throws Exception {
        String before = engine.ask("CLIENT LIST TYPE NORMAL").split(" ", 2)[0];

        assertThatThrownBy(() -> append("")).hasMessageContaining("EMPTY nothing to append");
        assertThat(connection.connected()).isTrue();
        assertThat(engine.ask("CLIENT LIST TYPE NORMAL").split(" ", 2)[0]).isEqualTo(before);
    }

    @Test
    void failsAtOnceWithoutAConnection() {
        connection.stop();

        assertThatThrownBy(() -> append("a")).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void absentResourceIsRefused() {
        assertThatThrownBy(() -> Script.resource(ScriptIT.class, "/lua/absent.lua"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/lua/absent.lua is not in this build");
    }

    private String append(String text) throws Exception {
        return APPEND.run(connection, List.of("key"), text)
                .get(10, TimeUnit.SECONDS)
                .toString();
    }
}
