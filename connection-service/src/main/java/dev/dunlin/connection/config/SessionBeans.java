package dev.dunlin.connection.config;

import dev.dunlin.connection.channelpresence.ChannelPresence;
import dev.dunlin.connection.drain.Drain;
import dev.dunlin.connection.drain.Plan;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.heartbeat.Heartbeat;
import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.lease.LeaseKeeper;
import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.presence.PresenceWatches;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.session.SessionReports;
import dev.dunlin.connection.session.kafka.KafkaSessionRecords;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Wires sessions: their directory, events and heartbeat, the lease and the drain. */
public final class SessionBeans {
    @Produces
    @Singleton
    SessionDirectory sessions(SessionActivity activity, PresenceWatches presence, Heartbeat heartbeat) {
        return new SessionDirectory(List.of(activity, presence, heartbeat));
    }

    /** The directory is used later only, because it calls the reports. */
    @Produces
    @Singleton
    SessionReports reports(
            NodeLife life,
            KafkaRecords records,
            Instance<SessionDirectory> sessions,
            HubLoop loop,
            InstantSource clock,
            SecureRandom random,
            MeterRegistry registry) {
        SessionReports reports = new SessionReports(
                life.id(),
                new KafkaSessionRecords(records, random),
                () -> sessions.get().all(),
                loop,
                clock,
                random);
        Gauge.builder("dunlin.presence.waiting", reports, SessionReports::waiting)
                .description("Sessions whose newest event Kafka has not acknowledged")
                .register(registry);
        return reports;
    }

    @Produces
    @Singleton
    SessionActivity activity(SessionReports reports, HubLoop loop) {
        return new SessionActivity(reports, loop);
    }

    @Produces
    @Singleton
    LeaseKeeper leaseKeeper(NodeLease lease, SessionReports reports, ChannelPresence channelPresence) {
        return new LeaseKeeper(lease, () -> {
            reports.lapsed();
            channelPresence.lapsed();
        });
    }

    @Produces
    @Singleton
    Heartbeat heartbeat(HubLoop loop, InstantSource clock, ConnectionSettings settings, ConnectionMetrics metrics) {
        return new Heartbeat(loop, clock, settings.link().heartbeat(), metrics);
    }

    @Produces
    @Singleton
    Drain drain(
            Readiness readiness,
            SessionDirectory sessions,
            SessionActivity activity,
            NodeLease lease,
            HubLoop loop,
            InstantSource clock,
            ConnectionSettings settings) {
        ConnectionSettings.Drain drain = settings.drain();
        Plan plan = new Plan(drain.jitter(), drain.perSecond(), drain.linger(), drain.settle());
        return new Drain(readiness, sessions, activity, lease, loop, clock, plan);
    }
}
