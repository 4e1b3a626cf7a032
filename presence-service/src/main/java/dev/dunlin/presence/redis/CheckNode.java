package dev.dunlin.presence.redis;

import dev.dunlin.presence.sweep.NodeLeases.NodeState;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Calls {@code check_node.lua}: whether a node holds its lease. */
final class CheckNode {
    static final Script SCRIPT = Script.of("check_node");

    private CheckNode() {}

    static Request request(NodeId node, Instant now, Duration margin) {
        return SCRIPT.call(
                List.of(RedisKeys.nodeLease(node), Keys.NODES, Keys.node(node)),
                node,
                now.toEpochMilli(),
                margin.toMillis());
    }

    static NodeState outcome(Response response) {
        return switch (response.toString()) {
            case "alive" -> new NodeState.Alive();
            case "missing" -> new NodeState.Missing();
            case "forgotten" -> new NodeState.Forgotten();
            default -> new NodeState.Gone(Instant.ofEpochMilli(Long.parseLong(response.toString())));
        };
    }
}
