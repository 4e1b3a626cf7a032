package dev.dunlin.push.delivery.apns;

import dev.dunlin.push.delivery.ChannelHash;
import dev.dunlin.push.delivery.DeliveryByKind.TargetDelivery;
import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.ProviderClient;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Delivers by APNs (Apple: "Sending notification requests to APNs"). A newer notification of a
 * channel replaces the one before it, on the phone and in Apple's store ({@code apns-collapse-id}).
 */
public final class ApnsDelivery implements TargetDelivery<Target.Apns> {
    private static final Logger LOG = Logger.getLogger(ApnsDelivery.class);
    private static final String NOW = "10";
    private static final String WHEN_POWER_ALLOWS = "5";

    private final ApnsSessions sessions;
    private final Settings settings;
    private final Clock clock;

    /**
     * How this suite uses APNs.
     *
     * @param team the id of the developer team
     * @param topics the apps that may be notified; empty: all
     * @param ttl how long APNs keeps what it cannot deliver
     */
    public record Settings(String team, Set<String> topics, ApnsHosts hosts, Duration ttl) {}

    /** {@code clients}: makes new connections to APNs, when it starts and for each new key. */
    public ApnsDelivery(KeyFile<ApnsKey> keys, Settings settings, Supplier<ProviderClient> clients, Clock clock) {
        this.sessions = new ApnsSessions(keys, settings.team(), clients, clock);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Outcome deliver(Push push, Device device, Target.Apns target) {
        if (!settings.topics().isEmpty() && !settings.topics().contains(target.topic())) {
            return new Outcome.Rejected("the topic is not one of dunlin.push.apns.topics");
        }
        ApnsSessions.Session session = sessions.current();
        Reply reply = session.client()
                .post(
                        settings.hosts().device(target.environment(), target.token()),
                        headers(push, target, session.token()),
                        ApnsPayload.of(push));
        return switch (reply) {
            case Reply.Unanswered(String reason) -> new Outcome.TryLater(reason, Optional.empty(), true);
            case Reply.Answered answer -> outcome(answer, session);
        };
    }

    private Outcome outcome(Reply.Answered answer, ApnsSessions.Session session) {
        Outcome outcome = ApnsAnswers.outcome(answer, clock.instant());
        if (ApnsAnswers.refusesKey(answer)) {
            LOG.errorf("APNs refuses the key of this suite, or one of the clocks is wrong: %s", outcome);
            sessions.refused(session);
        }
        return outcome;
    }

    private Map<String, String> headers(Push push, Target.Apns target, String token) {
        boolean alert = push instanceof Push.Alert;
        boolean atOnce = push instanceof Push.Alert shown && !ApnsPayload.isQuiet(shown);
        return Map.of(
                "authorization",
                "bearer " + token,
                "apns-topic",
                target.topic(),
                "apns-push-type",
                alert ? "alert" : "background",
                "apns-priority",
                atOnce ? NOW : WHEN_POWER_ALLOWS,
                "apns-collapse-id",
                ChannelHash.of(push.channel()),
                "apns-expiration",
                Long.toString(clock.instant().plus(settings.ttl()).getEpochSecond()),
                "content-type",
                "application/json");
    }
}
