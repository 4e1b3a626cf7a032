package dev.dunlin.checker.history;

import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.List;

/**
 * Everything that the verdict on presence is based on. Times are monotonic, in nanoseconds since
 * the start of the check.
 *
 * @param users everyone whose presence is asked for; empty if presence is not checked
 * @param steady those of them whose client always has a link or is opening one
 * @param watchers the clients that watch all users
 * @param startedAt when every steady user was online and everyone knew it
 * @param settledAt from when on every answer must be right
 */
public record PresenceHistory(
        List<UserId> users,
        List<UserId> steady,
        List<String> watchers,
        long startedAt,
        long settledAt,
        List<OpenLink> links,
        List<PresenceAnswer> answers,
        List<PresenceNotice> notices) {
    /** How long a user without a link is not offline yet: {@code dunlin.presence.grace}. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** How long the lease of a killed connection node lasts. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    /** How long a lease must be missing: {@code dunlin.presence.lease-margin}. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(6);

    /** How long Kafka takes to give the shards of a killed presence-service to another. */
    private static final Duration TAKEOVER = Duration.ofSeconds(10);

    /** How long after the last fault presence may still be wrong. */
    public static final Duration SETTLING = LEASE.plus(LEASE_MARGIN).plus(GRACE).plus(TAKEOVER);

    /** How long after the last change of a user's links its presence may still be wrong. */
    public static final Duration CHANGING = GRACE.plus(LEASE_MARGIN);

    /** The history of a check without presence. */
    public static final PresenceHistory NONE =
            new PresenceHistory(List.of(), List.of(), List.of(), 0, Long.MAX_VALUE, List.of(), List.of(), List.of());

    public PresenceHistory {
        users = List.copyOf(users);
        steady = List.copyOf(steady);
        watchers = List.copyOf(watchers);
        links = List.copyOf(links);
        answers = List.copyOf(answers);
        notices = List.copyOf(notices);
    }

    /** The answers that must be right. */
    public List<PresenceAnswer> settledAnswers() {
        return answers.stream()
                .filter(answer -> answer.isThere() && answer.askedAt() >= settledAt)
                .toList();
    }
}
