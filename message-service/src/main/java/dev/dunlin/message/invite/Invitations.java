package dev.dunlin.message.invite;

import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.invite.DailyCounts.Kind;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
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
 * blocks.
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
     * Call it before {@code user} creates a channel with members; it counts. Answers
     * {@code forbidden} if one of them may not be added, {@code rate_limited} above a limit.
     */
    public Optional<Refusal> tryCreation(NamespacePolicy policy, UserId user, List<UserId> members) {
        return findForbidden(policy, user, others(user, members))
                .or(() -> policy.open() ? Optional.empty() : countGroup(user))
                .or(() -> countMemberships(others(user, members)));
    }

    /**
     * Call it before {@code user} adds {@code member}; it counts. Answers what {@link #tryCreation}
     * answers.
     */
    public Optional<Refusal> tryMember(NamespacePolicy policy, UserId user, UserId member) {
        return findForbidden(policy, user, List.of(member)).or(() -> countMemberships(List.of(member)));
    }

    private Optional<Refusal> countGroup(UserId user) {
        return count(
                Kind.GROUPS, List.of(user), mostGroups, "channels: a user creates at most " + mostGroups + " a day");
    }

    private Optional<Refusal> countMemberships(List<UserId> members) {
        return count(
                Kind.MEMBERSHIPS,
                members,
                mostMemberships,
                "members: others add a user at most " + mostMemberships + " times a day");
    }

    private Optional<Refusal> findForbidden(NamespacePolicy policy, UserId user, List<UserId> others) {
        if (others.isEmpty()) {
            return Optional.empty();
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
        // The same text for a block, so that nobody learns from it who blocks whom.
        return others.stream()
                .filter(refused::contains)
                .findFirst()
                .map(first -> new Refusal(
                        ErrorCode.FORBIDDEN, "members: you may not add " + first + " in " + policy.namespace()));
    }

    private Optional<Refusal> count(Kind kind, List<UserId> users, long most, String message) {
        if (users.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean beyond = counts.add(kind, users, today)
                .filter(found -> found.stream().anyMatch(count -> count > most))
                .isPresent();
        if (!beyond) {
            return Optional.empty();
        }
        Instant tomorrow = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Optional.of(new Refusal(ErrorCode.RATE_LIMITED, message, Duration.between(now, tomorrow)));
    }

    private static List<UserId> others(UserId user, List<UserId> members) {
        return members.stream().distinct().filter(one -> !one.equals(user)).toList();
    }
}
