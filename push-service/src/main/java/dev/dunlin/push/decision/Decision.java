package dev.dunlin.push.decision;

import dev.dunlin.push.decision.Verdict.Drop;
import dev.dunlin.push.decision.Verdict.Wait;
import dev.dunlin.push.device.MutedUntil;
import dev.dunlin.push.device.QuietHours;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.presence.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a device is notified of a message: when the message was sent, and again when it
 * is due. Pure: the same facts at the same time give the same verdict.
 *
 * @param awayAfter how long a user must be away on all devices to count as absent
 * @param maxAge a message that is older, when it is first seen, notifies nobody
 * @param again when to ask again while it is not known whether a user is there
 */
public record Decision(Duration awayAfter, Duration maxAge, Duration again) {
    /** The verdict, by the first rule that applies. */
    public Verdict decide(Facts facts, Instant now) {
        return dropped(facts, now)
                .<Verdict>map(Drop::new)
                .or(() -> presence(facts.standing(), now))
                .or(() -> quiet(facts, now))
                .orElseGet(Verdict.Notify::new);
    }

    /** Whether the message itself is too old. */
    public boolean isTooOld(Instant sent, Instant now) {
        return !now.isBefore(sent.plus(maxAge));
    }

    /** The reasons that do not depend on where the user is. */
    private static Optional<Reason> dropped(Facts facts, Instant now) {
        if (facts.user().equals(facts.sender())) {
            return Optional.of(Reason.OWN);
        }
        if (facts.namespace() == Notify.NONE) {
            return Optional.of(Reason.NAMESPACE);
        }
        Optional<Reason> unreadable = unreadable(facts.content());
        if (unreadable.isPresent()) {
            return unreadable;
        }
        if (isMuted(facts, now)) {
            return Optional.of(Reason.MUTED);
        }
        return switch (mode(facts)) {
            case NONE -> Optional.of(Reason.NONE);
            case MENTIONS ->
                facts.mentioned() || !facts.channel().directMembers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Reason.NOT_MENTIONED);
            case ALL -> Optional.empty();
        };
    }

    private static Optional<Reason> unreadable(@Nullable Content content) {
        return content instanceof Content.Unreadable(Reason reason) ? Optional.of(reason) : Optional.empty();
    }

    private static boolean isMuted(Facts facts, Instant now) {
        Preferences wanted = facts.preferences();
        return covers(wanted.muted(), now)
                || covers(wanted.in(facts.channel()).muted(), now)
                || facts.device().mutes(facts.channel(), now);
    }

    private static boolean covers(@Nullable MutedUntil until, Instant now) {
        return until != null && until.covers(now);
    }

    /** Which messages notify: as the user wants it here, or else everywhere, or as is usual. */
    private static Notify mode(Facts facts) {
        Notify here = facts.preferences().in(facts.channel()).push();
        if (here != null) {
            return here;
        }
        Notify everywhere = facts.preferences().push();
        return everywhere != null ? everywhere : facts.namespace();
    }

    private Optional<Verdict> presence(@Nullable Standing standing, Instant now) {
        if (standing == null) {
            return Optional.empty();
        }
        return switch (standing.status()) {
            case UNKNOWN -> Optional.of(new Wait(Reason.PRESENCE_UNKNOWN, now.plus(again)));
            case ONLINE -> Optional.of(new Drop(standing.dnd() ? Reason.DND : Reason.ONLINE));
            case AWAY -> standing.dnd() ? Optional.of(new Drop(Reason.DND)) : away(standing.awaySince(), now);
            case OFFLINE -> standing.dnd() ? Optional.of(new Drop(Reason.DND)) : Optional.empty();
        };
    }

    private Optional<Verdict> away(Instant since, Instant now) {
        Instant absent = since.plus(awayAfter);
        return now.isBefore(absent) ? Optional.of(new Wait(Reason.AWAY_RECENTLY, absent)) : Optional.empty();
    }

    private static Optional<Verdict> quiet(Facts facts, Instant now) {
        QuietHours ofDevice = facts.device().quietHours();
        if (ofDevice != null && ofDevice.include(now)) {
            return Optional.of(
                    ofDevice.then() == QuietHours.Then.DIGEST && !ofDevice.always()
                            ? new Wait(Reason.QUIET_HOURS, ofDevice.end(now))
                            : new Drop(Reason.QUIET_HOURS));
        }
        QuietHours ofUser = facts.preferences().quietHours();
        if (ofUser != null && ofUser.include(now)) {
            return Optional.of(
                    ofUser.digests() ? new Wait(Reason.QUIET_HOURS, ofUser.end(now)) : new Drop(Reason.QUIET_HOURS));
        }
        return Optional.empty();
    }
}
