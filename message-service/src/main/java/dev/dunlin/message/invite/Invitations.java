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
 * Decides whom a user may add to channels, and how often. That depends on more than the channel's
 * log, so it is decided before the command is written. Back ends are not checked. Thread-safe;
 * blocks; throws {@link Refusal}.
 */
public final class Invitations {
    private final Contacts contacts;
    private final DailyCounts counts;
    private final long mostGroups;
    private final long mostMemberships;
    private final InstantSource clock;

    /**
     * In a day (UTC) a user creates at most {@code mostGroups} channels of members, and is added by
     * others at most {@code mostMemberships} times.
     */
    public Invitations(
            Contacts contacts, DailyCounts counts, long mostGroups, long mostMemberships, InstantSource clock) {
        this.contacts = contacts;
        this.counts = counts;
        this.mostGroups = mostGroups;
        this.mostMemberships = mostMemberships;
        this.clock = clock;
    }

    /**
     * Call it before {@code user} creates a channel with members. Throws {@code forbidden} if one of
     * them may not be added, {@code rate_limited} above a limit.
     */
    public void requireCreation(NamespacePolicy policy, UserId user, List<UserId> members) {
        requireAllowed(policy, user, others(user, members));
        if (!policy.open()) {
            requireCount(
                    Kind.GROUPS,
                    List.of(user),
                    mostGroups,
                    "channels: a user creates at most " + mostGroups + " a day");
        }
        requireMemberships(others(user, members));
    }

    /** Call it before {@code user} adds {@code member}. Throws what {@link #requireCreation} throws. */
    public void requireMember(NamespacePolicy policy, UserId user, UserId member) {
        requireAllowed(policy, user, List.of(member));
        requireMemberships(List.of(member));
    }

    private void requireMemberships(List<UserId> members) {
        requireCount(
                Kind.MEMBERSHIPS,
                members,
                mostMemberships,
                "members: others add a user at most " + mostMemberships + " times a day");
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
            // The same text for a block, so that nobody learns from it who blocks whom.
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
