package dev.dunlin.edge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnSentinel;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of the connection behind Sentinel: it is one to the master of the moment. */
@BesideQuarkus
@Timeout(60)
@SuppressWarnings("NullAway.Init") // start() sets the fields
class PinnedSentinelIT {
    private static final Script APPEND = Script.resource(PinnedSentinelIT.class, "/lua/append.lua");

    private OwnSentinel sentinel;
    private @Nullable TwoConnections connections;

    @BeforeEach
    void start() throws Exception {
        sentinel = OwnSentinel.start();
    }

    @AfterEach
    void stop() throws Exception {
        try {
            if (connections != null) {
                connections.close();
            }
        } finally {
            sentinel.close();
        }
    }

    @Test
    void usesThePromotedReplicaWhenTheMasterIsKilled() throws Exception {
        TwoConnections open = open();
        assertThat(APPEND.run(open.commands(), List.of("key"), "a").get(10, TimeUnit.SECONDS))
                .hasToString("a");
        sentinel.killMaster();
        open.awaitLoss();
        sentinel.awaitPromotion();

        open.awaitDelivery();
        assertThat(port(open)).isNotEqualTo(Integer.toString(sentinel.masterPort()));
        assertThat(APPEND.run(open.commands(), List.of("other"), "b").get(10, TimeUnit.SECONDS))
                .hasToString("b");
    }

    @Test
    void staysWithThePromotedReplicaWhenTheOldMasterReturns() throws Exception {
        TwoConnections open = open();
        sentinel.killMaster();
        sentinel.awaitPromotion();
        sentinel.restartMaster();

        open.awaitDelivery();
        assertThat(port(open)).isNotEqualTo(Integer.toString(sentinel.masterPort()));
    }

    private TwoConnections open() throws Exception {
        TwoConnections opened = TwoConnections.open(new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setMasterName(sentinel.masterName())
                .setConnectionString(sentinel.uri()));
        connections = opened;
        return opened;
    }

    private static String port(TwoConnections open) {
        return open.awaitAnswers(List.of(Request.cmd(Command.CONFIG).arg("GET").arg("port")))
                .getFirst()
                .get("port")
                .toString();
    }
}
