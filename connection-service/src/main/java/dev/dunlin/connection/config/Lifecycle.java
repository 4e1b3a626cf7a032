package dev.dunlin.connection.config;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.bus.BusWatchdog;
import dev.dunlin.connection.bus.redis.RedisBus;
import dev.dunlin.connection.catchup.TailBudget;
import dev.dunlin.connection.channelpresence.ChannelPresence;
import dev.dunlin.connection.drain.Drain;
import dev.dunlin.connection.heartbeat.Heartbeat;
import dev.dunlin.connection.lease.LeaseKeeper;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.notice.MissedNotices;
import dev.dunlin.connection.presence.PresenceWatches;
import dev.dunlin.connection.publish.Replies;
import dev.dunlin.connection.publish.Unanswered;
import dev.dunlin.connection.rate.UserRates;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.session.SessionReports;
import dev.dunlin.connection.subscription.ChannelHub;
import dev.dunlin.connection.transport.http.StreamRoutes;
import dev.dunlin.connection.transport.websocket.WebSocketHandshake;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice.EndSessions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Starts the background tasks, and stops them with the process. */
@Singleton
public class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final int BEFORE_THE_FRAMEWORK = -1;

    private final HubLoop loop;
    private final RedisBus bus;
    private final BusSubscriptions busSubscriptions;
    private final LeaseKeeper lease;
    private final Drain drain;
    private final AtomicBoolean stopping = new AtomicBoolean();

    @Inject
    Lifecycle(HubLoop loop, RedisBus bus, BusSubscriptions busSubscriptions, LeaseKeeper lease, Drain drain) {
        this.loop = loop;
        this.bus = bus;
        this.busSubscriptions = busSubscriptions;
        this.lease = lease;
        this.drain = drain;
    }

    void start(
            @Observes StartupEvent event,
            NodeId node,
            SessionDirectory sessions,
            SessionReports reports,
            PresenceWatches presence,
            ChannelPresence channelPresence,
            MissedNotices notices,
            Heartbeat heartbeat,
            UserRates rates,
            ChannelHub hub,
            TailBudget tails,
            BusWatchdog watchdog,
            Revocations revocations,
            Unanswered unanswered,
            MeterRegistry registry) {
        loop.execute(() -> {
            bus.start(busSubscriptions);
            var unused = busSubscriptions.subscribe(BusChannel.ofNode(node), new Replies(sessions, unanswered));
            var unusedToo = busSubscriptions.subscribe(BusChannel.SESSIONS_WANTED, reports.wanted());
            reports.start();
            watchdog.start();
            hub.start();
            notices.start();
            renew();
        });
        loop.every(Heartbeat.TICK, heartbeat::tick);
        loop.every(UserRates.SWEEP, rates::forgetIdle);
        loop.every(LeaseKeeper.RENEWAL, this::renew);
        presence.start();
        channelPresence.start();
        Gauge.builder("dunlin.channel.presence.followed", channelPresence, ChannelPresence::followed)
                .description("Channels whose presence links of this node follow")
                .register(registry);
        // The notice on the bus does the same, but it may be lost.
        revocations.listen(ended -> loop.execute(() -> busSubscriptions.received(
                BusChannel.ofUser(ended.user()), Json.write(EndSessions.before(ended.at())))));
        Gauge.builder("dunlin.links", sessions, SessionDirectory::size)
                .description("Links of this node")
                .register(registry);
        Gauge.builder("dunlin.subscriptions", hub, ChannelHub::size)
                .description("Channels that links of this node subscribe to")
                .register(registry);
        Gauge.builder("dunlin.tail.bytes", tails, TailBudget::bytes)
                .description("Bytes of the last events that are kept in memory")
                .register(registry);
        LOG.infof("This is connection node %s", node);
    }

    void routes(@Observes Router router, StreamRoutes streams) {
        router.route("/v1/events").handler(routing -> streams.events(routing.request()));
        router.route("/v1/poll").handler(routing -> streams.poll(routing.request()));
        router.route("/v1/ws").order(BEFORE_THE_FRAMEWORK).handler(WebSocketHandshake::screen);
    }

    private void renew() {
        if (!stopping.get()) {
            lease.renew();
        }
    }

    /** Before the HTTP server stops, so that links still get {@code goaway}. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        stop();
    }

    /** For tests and dev mode, which have no such event. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stop();
    }

    private void stop() {
        if (stopping.compareAndSet(false, true)) {
            drain.run();
            loop.execute(bus::stop);
        }
    }
}
