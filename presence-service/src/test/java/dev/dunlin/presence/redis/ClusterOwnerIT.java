package dev.dunlin.presence.redis;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.RedisClusterTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The same on a Redis Cluster of three masters. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(value = RedisClusterTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(MessageServicePeer.class)
class ClusterOwnerIT extends OwnerOverRedis {}
