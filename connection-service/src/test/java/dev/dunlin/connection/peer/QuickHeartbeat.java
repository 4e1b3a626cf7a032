package dev.dunlin.connection.peer;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A node with heartbeats that a test can wait for: three seconds of silence end a link. It can be
 * reached from a network namespace. One profile for several classes, because each profile starts
 * the node anew.
 */
public final class QuickHeartbeat implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "dunlin.link.heartbeat", "1s",
                "dunlin.link.outbox-bytes", "262144",
                "dunlin.streams.poll-bytes", "4096",
                "dunlin.handshake.origins", "https://chat.example.org",
                "dunlin.handshake.access-token-in-query", "true",
                "dunlin.handshake.links-per-user", "25",
                "quarkus.http.host", "0.0.0.0");
    }
}
