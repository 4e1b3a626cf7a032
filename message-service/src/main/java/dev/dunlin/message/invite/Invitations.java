package dev.dunlin.message.invite;

import dev.dunlin.edge.Refusal;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.invite.DailyCounts.Kind;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What users may do to others by making them members. It depends on more than the channel's log, so it is decided before the command is written. Back ends are not asked.
 * Thread-safe; blocks; throws {@link Refusal}.
 */
public final class Invitations {
    private final Contacts contacts;
    private final DailyCounts counts;
    private final long mostGroups;
    private final long mostMemberships;
    private final InstantSource clock;

    /** At most {@code mostGroups} that a user creates, and {@code mostMemberships} of a user that others make, a day (UTC). */
    public Invitations(
            Contacts contacts, DailyCounts counts, long mostGroups, long mostMemberships, InstantSource clock) {
        this.contacts = contacts;
        this.counts = counts;
        this.mostGroups = mostGroups;
        this.mostMemberships = mostMemberships;
        this.clock = clock;
    }

    /** Before {@code user} creates a channel with members. {@code forbidden} for somebody who may not be added, {@code rate_limited} beyond the bounds. */
    public void requireCreation(NamespacePolicy policy, UserId user, List<UserId> members) {
        requireAllowed(policy, user, others(user, members));
        if (!policy.open()) {
            requireCount(
                    Kind.GROUPS, List.of(user), mostGroups, "channels: at most " + mostGroups + " are created a day");
        }
        requireMemberships(others(user, members));
    }

    /** Before {@code user} adds another. Refuses as {@link #requireCreation} does. */
    public void requireMember(NamespacePolicy policy, UserId user, UserId member) {
        requireAllowed(policy, user, List.of(member));
        requireMemberships(List.of(member));
    }

    private void requireMemberships(List<UserId> members) {
        requireCount(
                Kind.MEMBERSHIPS,
                members,
                mostMemberships,
                "members: at most " + mostMemberships + " times a day is somebody added by others");
    }

    private void requireAllowed(NamespacePolicy policy, UserId user, List<UserId> others) {
        if (others.isEmpty()) {
            return;
        }
        Set<UserId> refused = new HashSet<>(contacts.blocking(user, others));
        switch (policy.invite()) {
            case ANYONE -> {}
            case CONTACTS -> {
                Set<UserId> known = contacts.contacts(user, others);
                others.stream().filter(one -> !known.contains(one)).forEach(refused::add);
            }
            case SERVER -> refused.addAll(others);
        }
        Optional<UserId> first = others.stream().filter(refused::contains).findFirst();
        if (first.isPresent()) {
            // The same words for whoever blocks: a block is nobody else's business.
            throw new Refusal(
                    ErrorCode.FORBIDDEN, "members: you may not add " + first.get() + " in " + policy.namespace());
        }
    }

    private void requireCount(Kind kind, List<UserId> users, long most, String refusal) {
        if (users.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean beyond = counts.add(kind, users, today)
                .filter(found -> found.stream().anyMatch(count -> count > most))
                .isPresent();
        if (beyond) {
            Instant tomorrow = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw new Refusal(ErrorCode.RATE_LIMITED, refusal, Duration.between(now, tomorrow));
        }
    }

    private static List<UserId> others(UserId user, List<UserId> members) {
        return members.stream().distinct().filter(one -> !one.equals(user)).toList();
    }
}
