package dev.dunlin.connection.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.http.BoundedCalls;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.http.HeadsQuery;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.MembershipsOfMany;
import dev.dunlin.protocol.http.UsersQuery;
import jakarta.ws.rs.WebApplicationException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the channels of users are asked for: together, and alone where that is not possible. */
class HttpChannelDirectoryTest {
    private final ManualLoop loop = new ManualLoop();
    private final Service service = new Service();
    private final HttpChannelDirectory directory = new HttpChannelDirectory(
            service.client(), new BoundedCalls("message-service", Runnable::run, 10, 10), loop, 100);

    /**
     * Every user has one channel; {@code busy} has more than a common answer holds. Does not
     * implement the interface of the client: Quarkus would take the class for a resource of the
     * node.
     */
    private static final class Service {
        private final List<String> asked = new ArrayList<>();
        private int status = 200;

        MessageServiceClient client() {
            return (MessageServiceClient) Proxy.newProxyInstance(
                    MessageServiceClient.class.getClassLoader(),
                    new Class<?>[] {MessageServiceClient.class},
                    (proxy, method, arguments) -> switch (arguments[0]) {
                        case UsersQuery query -> memberships(query);
                        case HeadsQuery query -> heads(query);
                        case String user -> channels(user);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        private MembershipsOfMany memberships(UsersQuery query) {
            asked.add(query.users().toString());
            if (status != 200) {
                throw new WebApplicationException(status);
            }
            List<@Nullable MembershipList> answers = new ArrayList<>();
            query.users().forEach(user -> answers.add(user.value().equals("busy") ? null : of(user.value())));
            return new MembershipsOfMany(answers);
        }

        /** In another order than asked; {@code room:none} has no log. */
        private HeadList heads(HeadsQuery query) {
            asked.add(query.channels().toString());
            return new HeadList(query.channels().reversed().stream()
                    .filter(channel -> !channel.value().equals("room:none"))
                    .map(channel -> new HeadList.Head(
                            channel, new Epoch("e"), channel.value().length()))
                    .toList());
        }

        private MembershipList channels(String user) {
            asked.add(user);
            return of(user);
        }

        private static MembershipList of(String user) {
            return new MembershipList(
                    List.of(new ServerFrame.Membership(new ChannelName("group:" + user), new Epoch("e"), 0, 0, 0)));
        }
    }

    @Test
    void headsOfChannelsThatOpenTogetherAreReadTogether() {
        var unused = head("room:first");
        CompletableFuture<Optional<HeadList.Head>> one = head("room:a");
        CompletableFuture<Optional<HeadList.Head>> none = head("room:none");
        CompletableFuture<Optional<HeadList.Head>> two = head("room:bb");
        loop.pass(Questions.PAUSE);

        assertThat(one.join().orElseThrow().head()).isEqualTo(6);
        assertThat(none.join()).isEmpty();
        assertThat(two.join().orElseThrow().head()).isEqualTo(7);
        assertThat(service.asked).containsExactly("[room:first]", "[room:a, room:none, room:bb]");
    }

    private CompletableFuture<Optional<HeadList.Head>> head(String channel) {
        return directory.head(new ChannelName(channel)).toCompletableFuture();
    }

    @Test
    void usersWhoComeTogetherAreAskedForTogether() {
        CompletableFuture<MembershipList> first = ask("alice");
        CompletableFuture<MembershipList> second = ask("bob");
        CompletableFuture<MembershipList> third = ask("busy");
        loop.pass(Questions.PAUSE);

        assertThat(channel(first)).isEqualTo("group:alice");
        assertThat(channel(second)).isEqualTo("group:bob");
        assertThat(channel(third)).isEqualTo("group:busy");
        assertThat(service.asked).containsExactly("alice", "[bob, busy]", "busy");
    }

    @Test
    void olderServiceIsAskedForEachUser() {
        service.status = 404;
        var unused = ask("alice");
        CompletableFuture<MembershipList> second = ask("bob");
        CompletableFuture<MembershipList> third = ask("carol");
        loop.pass(Questions.PAUSE);

        assertThat(channel(second)).isEqualTo("group:bob");
        assertThat(channel(third)).isEqualTo("group:carol");
        assertThat(service.asked).containsExactly("alice", "[bob, carol]", "bob", "carol");
    }

    @Test
    void callThatFailsIsNotAskedForAgain() {
        service.status = 503;
        var unused = ask("alice");
        CompletableFuture<MembershipList> second = ask("bob");
        var unusedToo = ask("carol");
        loop.pass(Questions.PAUSE);

        assertThat(second).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(RefusedException.class);
        assertThat(service.asked).containsExactly("alice", "[bob, carol]");
    }

    private CompletableFuture<MembershipList> ask(String user) {
        return directory.memberships(new UserId(user)).toCompletableFuture();
    }

    private static String channel(CompletableFuture<MembershipList> list) {
        return list.join().channels().getFirst().channel().value();
    }
}
