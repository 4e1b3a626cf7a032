package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A user keeps receiving its own conversations when others add it to many groups. */
@OnSharedSuite
class FloodIT {
    /** One more channel than a session may subscribe to. */
    private static final int FLOOD = 1_001;

    private final Suite suite;
    private final Names names;
    private final UserId victim;
    private final UserId friend;
    private final ChannelName conversation;

    FloodIT(Suite suite, Names names) {
        this.suite = suite;
        this.names = names;
        this.victim = names.user("victim");
        this.friend = names.user("friend");
        this.conversation = names.group("conversation");
        suite.createGroup(conversation, friend, victim);
    }

    @Test
    void ownConversationsStaySubscribedAfterAFloodOfGroups() throws IOException {
        publish(victim, "a");
        RestClient backEnd = suite.backEnd();
        for (int from = 0; from < FLOOD; from += 100) {
            List<CompletableFuture<Void>> groups = new ArrayList<>();
            for (int i = from; i < Math.min(FLOOD, from + 100); i++) {
                groups.add(backEnd.createChannel(names.group("junk-" + i), List.of(victim)));
            }
            groups.forEach(CompletableFuture::join);
        }

        try (RawLink link = RawLink.open(
                suite.http(),
                Suite.socket(suite.node(1)),
                suite.stack().userToken(victim.value()),
                Duration.ofSeconds(20))) {
            ServerFrame.Welcome welcome = link.await(ServerFrame.Welcome.class);

            assertThat(welcome.more()).isTrue();
            assertThat(welcome.channels())
                    .hasSize(welcome.limits().subscriptions())
                    .first()
                    .extracting(ServerFrame.Membership::channel)
                    .isEqualTo(conversation);
            publish(friend, "b");
            assertThat(link.await(ServerFrame.Message.class).id()).isEqualTo(new ClientMessageId("b"));
        }
    }

    @Test
    void aUserIsAddedByOthersUpToTheBoundOfTheDay() {
        int added = 0;
        for (String attacker : List.of("a", "b", "c")) {
            RestClient rest = suite.rest(names.user(attacker));
            for (int i = 0; i < 100; i++) {
                try {
                    rest.createChannel(names.group("junk-" + attacker + "-" + i), List.of(victim))
                            .join();
                    added++;
                } catch (CompletionException refused) {
                    assertThat(refused.getCause())
                            .isInstanceOfSatisfying(
                                    RequestFailed.class,
                                    failed -> assertThat(failed.code()).isEqualTo(ErrorCode.RATE_LIMITED));
                    break;
                }
            }
        }

        assertThat(added).isBetween(100, 200);
    }

    private void publish(UserId user, String id) {
        suite.rest(user)
                .publish(conversation, new ClientMessageId(id), TextNode.valueOf(id))
                .join();
    }
}
