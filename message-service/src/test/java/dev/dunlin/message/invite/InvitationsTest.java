package dev.dunlin.message.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.NamespacePolicy.Invite;
import dev.dunlin.message.namespace.NamespacePolicy.Publish;
import dev.dunlin.message.namespace.NamespacePolicy.Read;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvitationsTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");

    private final Known known = new Known();
    private final Counts counts = new Counts();
    private Instant now = Instant.parse("2026-01-01T23:00:00Z");
    private final Invitations invitations = new Invitations(known, counts, 2, 3, () -> now);

    @Test
    void anybodyMayAddAnybodyButWhoBlocksIt() {
        known.blocking.add(BOB);

        assertRefused(ErrorCode.FORBIDDEN, invitations.tryMember(policy(Invite.ANYONE), ALICE, BOB));
        assertRefused(ErrorCode.FORBIDDEN, invitations.tryCreation(policy(Invite.ANYONE), ALICE, List.of(CAROL, BOB)));
        assertThat(invitations.tryMember(policy(Invite.ANYONE), ALICE, CAROL)).isEmpty();
    }

    @Test
    void wherePeopleAreAddedByContactsOthersAreRefused() {
        known.contacts.add(BOB);

        assertThat(invitations.tryMember(policy(Invite.CONTACTS), ALICE, BOB)).isEmpty();
        assertRefused(ErrorCode.FORBIDDEN, invitations.tryMember(policy(Invite.CONTACTS), ALICE, CAROL));
    }

    @Test
    void whereBackEndsAddPeopleAUserCreatesAChannelForItself() {
        assertThat(invitations.tryCreation(policy(Invite.SERVER), ALICE, List.of(ALICE)))
                .isEmpty();
        assertRefused(ErrorCode.FORBIDDEN, invitations.tryCreation(policy(Invite.SERVER), ALICE, List.of(BOB)));
    }

    @Test
    void groupsAreCreatedUpToTheBoundOfTheDay() {
        NamespacePolicy policy = policy(Invite.ANYONE);
        assertThat(invitations.tryCreation(policy, ALICE, List.of())).isEmpty();
        assertThat(invitations.tryCreation(policy, ALICE, List.of())).isEmpty();

        assertRefused(ErrorCode.RATE_LIMITED, invitations.tryCreation(policy, ALICE, List.of()));
        assertThat(invitations.tryCreation(policy, ALICE, List.of()))
                .hasValueSatisfying(refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofHours(1)));
        now = now.plus(Duration.ofHours(2));
        assertThat(invitations.tryCreation(policy, ALICE, List.of())).isEmpty();
    }

    @Test
    void nobodyIsAddedByOthersBeyondTheBoundOfTheDayWhoeverTheyAre() {
        NamespacePolicy policy = policy(Invite.ANYONE);
        assertThat(invitations.tryCreation(policy, ALICE, List.of(BOB, BOB))).isEmpty();
        assertThat(invitations.tryMember(policy, ALICE, BOB)).isEmpty();
        assertThat(invitations.tryMember(policy, CAROL, BOB)).isEmpty();

        assertRefused(ErrorCode.RATE_LIMITED, invitations.tryMember(policy, CAROL, BOB));
        assertThat(invitations.tryMember(policy, CAROL, ALICE)).isEmpty();
    }

    @Test
    void withoutCountsNothingIsTooMuch() {
        counts.unreachable = true;
        for (int i = 0; i < 10; i++) {
            assertThat(invitations.tryCreation(policy(Invite.ANYONE), ALICE, List.of(BOB)))
                    .isEmpty();
        }
    }

    private static void assertRefused(ErrorCode code, Optional<Refusal> answer) {
        assertThat(answer)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static NamespacePolicy policy(Invite invite) {
        return new NamespacePolicy(
                "group",
                true,
                Read.MEMBERS,
                Publish.MEMBERS,
                PresenceMode.NONE,
                PushMode.NONE,
                false,
                false,
                false,
                null,
                1_000,
                invite,
                NamespacePolicy.History.ALL,
                false);
    }

    private static final class Known implements Contacts {
        final Set<UserId> blocking = new HashSet<>();
        final Set<UserId> contacts = new HashSet<>();

        @Override
        public void block(UserId user, UserId blocked, long since) {
            throw new AssertionError();
        }

        @Override
        public void unblock(UserId user, UserId blocked) {
            throw new AssertionError();
        }

        @Override
        public List<Blocked> blocked(UserId user, @Nullable UserId after, int limit) {
            throw new AssertionError();
        }

        @Override
        public Set<UserId> blocking(UserId user, Collection<UserId> candidates) {
            return blocking;
        }

        @Override
        public Set<Pair> blocking(Set<Pair> pairs) {
            throw new AssertionError();
        }

        @Override
        public Set<UserId> contacts(UserId user, Collection<UserId> candidates) {
            return contacts;
        }
    }

    private static final class Counts implements DailyCounts {
        final Map<String, Long> counts = new HashMap<>();
        boolean unreachable;

        @Override
        public Optional<List<Long>> add(Kind kind, List<UserId> users, LocalDate day) {
            return unreachable
                    ? Optional.empty()
                    : Optional.of(users.stream()
                            .map(user -> counts.merge(kind + " " + user + " " + day, 1L, Long::sum))
                            .toList());
        }
    }
}
