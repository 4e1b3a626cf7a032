package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.HistoryPage;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.kafka.Role;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class HistoryIT {
    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final UserId carol;
    private final ChannelName group;

    HistoryIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.carol = names.user("carol");
        this.group = names.group("history");
        suite.createGroup(group, alice, bob);
    }

    @Test
    void pagesForwardAndBackMeetEveryMessageOnce() {
        publish(25);
        List<Long> all = LongStream.rangeClosed(1, 25).boxed().toList();
        assertThat(forward()).isEqualTo(all);
        assertThat(backward()).isEqualTo(all);
    }

    @Test
    void theNewestPageComesOldestFirst() {
        publish(5);
        HistoryPage newest =
                suite.rest(bob).messagesBefore(group, OptionalLong.empty(), 3).join();
        assertThat(newest.messages()).extracting(ServerFrame.Message::seq).containsExactly(3L, 4L, 5L);
        assertThat(newest.next()).isNull();
        assertThat(newest.prev()).isNotNull();
    }

    @Test
    void theCreatorOwnsAGroupAndChangesItsMembers() {
        assertThat(rolesOf(group)).containsExactlyInAnyOrder(alice + " OWNER", bob + " MEMBER");
        suite.rest(alice).addMember(group, carol).join();
        suite.rest(alice).removeMember(group, bob).join();
        assertThat(rolesOf(group)).containsExactlyInAnyOrder(alice + " OWNER", carol + " MEMBER");
    }

    @Test
    void aMemberThatIsNoOwnerCannotChangeMembers() {
        assertRefused(suite.rest(bob).addMember(group, carol), ErrorCode.FORBIDDEN);
    }

    @Test
    void aMembershipChangeTakesASeqAndIsSeenLive() throws IOException {
        try (RawLink link = suite.subscribed(bob, suite.node(2), group)) {
            suite.rest(alice).addMember(group, carol).join();
            ServerFrame.MemberJoined joined = link.await(ServerFrame.MemberJoined.class);
            assertThat(joined.user()).isEqualTo(carol);
            assertThat(joined.by()).isEqualTo(alice);
            assertThat(joined.seq()).isEqualTo(1);
        }
    }

    @Test
    void whoWasRemovedReadsNoMore() {
        suite.rest(alice).removeMember(group, bob).join();
        assertRefused(suite.rest(bob).messagesBefore(group, OptionalLong.empty(), 10), ErrorCode.FORBIDDEN);
    }

    @Test
    void creatingAChannelAgainChangesNothing() {
        publish(2);
        suite.createGroup(group, alice, carol);
        assertThat(rolesOf(group)).containsExactlyInAnyOrder(alice + " OWNER", bob + " MEMBER");
        assertThat(forward()).containsExactly(1L, 2L);
    }

    @Test
    void theEventLogIsDenseAlsoWhereMembersChanged() {
        publish(2);
        suite.rest(alice).addMember(group, carol).join();
        assertThat(suite.rest(alice).events(group, 0).join().events())
                .extracting(ServerFrame.LogEvent::seq)
                .containsExactly(1L, 2L, 3L);
    }

    private void publish(int messages) {
        IntStream.rangeClosed(1, messages)
                .forEach(i -> suite.rest(alice)
                        .publish(group, new ClientMessageId("m" + i), Json.tree("text " + i))
                        .join());
    }

    private List<Long> forward() {
        List<Long> seqs = new ArrayList<>();
        HistoryPage page = suite.rest(bob).messagesAfter(group, 0, 10).join();
        addTo(seqs, page);
        while (page.next() != null) {
            page = suite.rest(bob)
                    .messagesAfter(group, Long.parseLong(page.next()), 10)
                    .join();
            addTo(seqs, page);
        }
        return seqs;
    }

    private List<Long> backward() {
        List<Long> seqs = new ArrayList<>();
        HistoryPage page =
                suite.rest(bob).messagesBefore(group, OptionalLong.empty(), 10).join();
        addTo(seqs, page);
        while (page.prev() != null) {
            page = suite.rest(bob)
                    .messagesBefore(group, OptionalLong.of(Long.parseLong(page.prev())), 10)
                    .join();
            addTo(seqs, page);
        }
        return seqs.stream().sorted().toList();
    }

    private static void addTo(List<Long> seqs, HistoryPage page) {
        page.messages().forEach(message -> seqs.add(message.seq()));
    }

    private List<String> rolesOf(ChannelName channel) {
        MemberPage page = suite.rest(alice).members(channel, null).join();
        return page.members().stream()
                .map(member -> member.user() + " " + (member.role() == Role.OWNER ? "OWNER" : "MEMBER"))
                .toList();
    }

    private static void assertRefused(CompletableFuture<?> call, ErrorCode code) {
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailed.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
