package dev.dunlin.connection.channelpresence.redis;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedisCluster;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The same on a Redis Cluster of three masters. */
@BesideQuarkus
@Timeout(60)
@SuppressWarnings("NullAway.Init") // start() sets the field
class ClusterPartStoreIT extends PartsOverRedis {
    private OwnRedisCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = OwnRedisCluster.start();
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        cluster.uris().forEach(options::addConnectionString);
        open(Redis.createClient(vertx(), options));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }
}
