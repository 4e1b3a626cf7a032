package dev.dunlin.presence.redis;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The owner over one Redis. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class OwnerIT extends OwnerOverRedis {}
