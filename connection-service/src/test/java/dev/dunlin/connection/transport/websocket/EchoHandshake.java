package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.link.LinkListener;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The upgrade, the frames, the UTF-8 check and the link of production, behind the same front door;
 * only what is said is another: everything comes back. Admits everybody, and takes messages as long
 * as a conformance suite sends them.
 */
@Singleton
public class EchoHandshake implements HttpUpgradeCheck {
    private static final int LONGEST = 32 << 20;

    private final WebSocketContext shared;

    @Inject
    EchoHandshake(InstantSource clock) {
        shared = new WebSocketContext(clock, LONGEST, LONGEST, Duration.ofSeconds(5), new CountingMetrics());
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(EchoEndpoint.ID);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        WebSocketUpgrade upgrade = WebSocketUpgrade.of(request);
        // As in production, where the admission takes its time, not while the pipeline still hands
        // on the bytes of the
        // request.
        Vertx.currentContext().runOnContext(later -> upgrade.takeOver(request, shared, Echo::new));
        return Uni.createFrom().nothing();
    }

    private record Echo(Link link) implements LinkListener {
        @Override
        public void received(byte[] utf8) {
            link.send(utf8);
        }

        @Override
        public void tooLarge(int bytes) {
            throw new IllegalStateException("no message of the suite is longer than " + LONGEST + " bytes");
        }

        @Override
        public boolean control() {
            return true;
        }

        @Override
        public void writable() {}

        @Override
        public void idle() {}

        @Override
        public void left() {}
    }
}
