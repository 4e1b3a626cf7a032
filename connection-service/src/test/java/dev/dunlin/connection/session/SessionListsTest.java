package dev.dunlin.connection.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.kafka.SessionList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionListsTest {
    private static final int SHARD = 3;
    private static final int EMPTY = 9;

    private final ReportsFixture node = new ReportsFixture();
    private final String bob = ReportsFixture.user(SHARD, 0);

    @BeforeEach
    void startOthers() {
        node.start(ReportsFixture.user(5, 0));
    }

    @Test
    void shardIsAnsweredWithItsSessions() {
        Session here = node.start(bob);
        Session away = node.start(bob);
        node.away(away, true);
        node.settle();
        node.want(null, SHARD);
        SessionList list = lists().getFirst();
        assertThat(lists()).hasSize(1);
        assertThat(list.part()).isZero();
        assertThat(list.last()).isTrue();
        assertThat(list.sessions())
                .containsExactlyInAnyOrder(
                        new SessionList.Listed(here.id(), here.user(), false, Device.MOBILE),
                        new SessionList.Listed(away.id(), away.user(), true, Device.MOBILE));
        assertThat(node.records.waiting().getFirst().shard()).isEqualTo(SHARD);
    }

    @Test
    void shardWithoutSessionsIsAnsweredToo() {
        node.want(ReportsFixture.LIFE, EMPTY);
        assertThat(lists()).hasSize(1).first().satisfies(list -> {
            assertThat(list.sessions()).isEmpty();
            assertThat(list.last()).isTrue();
        });
    }

    @Test
    void longListHasPartsOfOneTime() {
        for (int i = 0; i < SessionList.MOST + 1; i++) {
            node.start(bob);
        }
        node.settle();
        node.want(null, SHARD);
        assertThat(lists()).extracting(list -> list.sessions().size()).containsExactly(SessionList.MOST, 1);
        assertThat(lists()).extracting(SessionList::part).containsExactly(0, 1);
        assertThat(lists()).extracting(SessionList::last).containsExactly(false, true);
        assertThat(lists().get(0).at()).isEqualTo(lists().get(1).at());
    }

    @Test
    void questionForAnotherNodeOrAnUnknownShardIsIgnored() {
        node.want(new NodeId("conn-1.bb"), SHARD);
        node.want(null, -1, 64);
        node.reports.wanted().accept(Json.write(Map.of("shards", "all")));
        node.loop.run();
        assertThat(lists()).isEmpty();
    }

    @Test
    void shardIsAnsweredOnceASecond() {
        node.want(null, SHARD);
        node.want(null, SHARD, EMPTY);
        assertThat(lists()).hasSize(2);
        node.pass(SessionLists.PAUSE);
        node.want(null, SHARD);
        assertThat(lists()).hasSize(3);
    }

    private List<SessionList> lists() {
        return node.records.attempts().stream()
                .filter(SessionList.class::isInstance)
                .map(SessionList.class::cast)
                .toList();
    }
}
