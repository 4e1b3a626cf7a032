package dev.dunlin.push.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.channel.Unreads;
import dev.dunlin.push.decision.Content;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.decision.Facts;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.decision.Verdict;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.preference.Sound;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.presence.Standing;
import dev.dunlin.push.schedule.Newest.Found;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Settled.Ended;
import dev.dunlin.push.schedule.Pending.Settled.GivenUp;
import dev.dunlin.push.schedule.Pending.Settled.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides again on what is due, with what is known now: what a message says, whether its user may
 * read it and where the user is. Asks once for all rows. Called by one thread, blocks.
 */
public final class Planner {
    private static final Logger LOG = Logger.getLogger(Planner.class);
    private static final Duration RATE_OF = Duration.ofMinutes(1);

    private final Newest newest;
    private final Presences presences;
    private final Channels channels;
    private final Badges badges;
    private final Decision decision;
    private final Limits limits;

    public Planner(
            Pending pending,
            Texts texts,
            Presences presences,
            Channels channels,
            Unreads unreads,
            Decision decision,
            Limits limits) {
        this.newest = new Newest(pending, texts);
        this.presences = presences;
        this.channels = channels;
        this.badges = new Badges(unreads);
        this.decision = decision;
        this.limits = limits;
    }

    /**
     * Limits of what is sent.
     *
     * @param tries how often a delivery is tried
     * @param maxAge how long a notification may be due without being sent
     * @param perMinute how often a device is notified in a minute
     */
    public record Limits(int tries, Duration maxAge, int perMinute) {}

    /** One plan for each row. */
    List<Plan> plan(List<Claimed> claimed, Instant now) {
        List<Plan> plans = new ArrayList<>(claimed.size());
        List<Claimed> alerts = new ArrayList<>();
        List<Claimed> clears = new ArrayList<>();
        Map<DeviceId, Integer> sent = new HashMap<>();
        for (Claimed row : claimed) {
            if (row.device().disabled().isPresent()) {
                plans.add(new Plan.Settle(new Ended(row, Reason.DISABLED)));
            } else if (row.attempt() > limits.tries()) {
                plans.add(new Plan.Settle(
                        new GivenUp(row, Reason.GIVEN_UP, limits.tries() + " attempts ended without an outcome")));
            } else if (row.waiting().plus(limits.maxAge()).isBefore(now)) {
                plans.add(new Plan.Settle(tooOld(row)));
            } else if (row.clears()) {
                clears.add(row);
            } else if (!row.quiet()
                    && sent.merge(row.device().id(), 1, Integer::sum) + row.sent() > limits.perMinute()) {
                plans.add(new Plan.Settle(new Postponed(row, nextMinute(now), true)));
            } else {
                alerts.add(row);
            }
        }
        planAlerts(alerts, now, plans);
        planClears(clears, plans);
        return plans;
    }

    private static Pending.Settled tooOld(Claimed row) {
        return row.attempt() > 1
                ? new GivenUp(row, Reason.GIVEN_UP, "it was due for too long")
                : new Ended(row, Reason.TOO_OLD);
    }

    private static Instant nextMinute(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES).plus(RATE_OF);
    }

    private void planAlerts(List<Claimed> rows, Instant now, List<Plan> plans) {
        if (rows.isEmpty()) {
            return;
        }
        Map<Claimed, Found> found;
        try {
            found = newest.of(rows);
        } catch (Unreachable e) {
            LOG.warnf("deliveries are postponed: %s", e.getMessage());
            Instant again = now.plus(decision.again());
            rows.forEach(row -> plans.add(new Plan.Settle(new Postponed(row, again, false))));
            return;
        }
        Map<UserId, Standing> standings = standings(rows);
        List<Claimed> notified = new ArrayList<>();
        for (Claimed row : rows) {
            Found message = found.get(row);
            if (message == null) {
                plans.add(new Plan.Settle(new Ended(row, Reason.TOO_OLD)));
                continue;
            }
            Standing standing =
                    row.quiet() ? null : standings.getOrDefault(row.device().user(), Standing.UNKNOWN);
            Verdict verdict = decision.decide(facts(row, message, standing), now);
            switch (verdict) {
                case Verdict.Notify() -> notified.add(row);
                case Verdict.Drop(Reason reason) -> plans.add(new Plan.Settle(new Ended(row, reason)));
                case Verdict.Wait(Reason reason, Instant until) ->
                    plans.add(new Plan.Settle(new Postponed(row, until, reason != Reason.PRESENCE_UNKNOWN)));
            }
        }
        Map<Claimed, Badges.Badge> shown = badges.of(notified);
        for (Claimed row : notified) {
            Found message = Objects.requireNonNull(found.get(row));
            plans.add(new Plan.Send(
                    row,
                    alert(row, message, shown.getOrDefault(row, Badges.Badge.NONE)),
                    message.message().key().seq()));
        }
    }

    private Facts facts(Claimed row, Found found, @Nullable Standing standing) {
        Notify policy = channels.policy(row.channel(), found.message().sender()).orElse(Notify.ALL);
        return new Facts(
                row.device().user(),
                found.message().sender(),
                row.channel(),
                row.mentioned(),
                policy,
                row.preferences(),
                row.device().prefs(),
                standing,
                found.content());
    }

    private static Push.Alert alert(Claimed row, Found found, Badges.Badge badge) {
        JsonNode data = found.content() instanceof Content.Text(JsonNode text) ? text : NullNode.getInstance();
        Sound sound = row.quiet() ? Sound.NONE : row.preferences().soundIn(row.channel());
        return new Push.Alert(
                row.device().user(),
                row.channel(),
                row.epoch(),
                found.message().key().seq(),
                found.message().id(),
                found.message().sender(),
                found.message().sent(),
                data,
                row.count(),
                row.mentioned(),
                row.preferences().previewIn(row.channel()),
                sound.name(),
                badge.channel(),
                badge.all(),
                found.message().trace());
    }

    /**
     * Where users are. While presence-service does not answer, that is not known of any: a
     * notification that waits is better than one to a user who never left.
     */
    private Map<UserId, Standing> standings(List<Claimed> rows) {
        Set<UserId> users = rows.stream()
                .filter(row -> !row.quiet())
                .map(row -> row.device().user())
                .collect(Collectors.toSet());
        try {
            return users.isEmpty() ? Map.of() : presences.standings(users);
        } catch (Unreachable e) {
            LOG.debug("deliveries wait until presence is known", e);
            return Map.of();
        }
    }

    private void planClears(List<Claimed> rows, List<Plan> plans) {
        if (rows.isEmpty()) {
            return;
        }
        Map<Claimed, Badges.Badge> shown = badges.of(rows);
        for (Claimed row : rows) {
            OptionalLong badge = shown.getOrDefault(row, Badges.Badge.NONE).all();
            TraceId trace = TraceId.next(RandomGenerator.getDefault());
            plans.add(new Plan.Send(
                    row,
                    new Push.Clear(row.device().user(), row.channel(), row.epoch(), row.newest(), badge, trace),
                    0));
        }
    }
}
