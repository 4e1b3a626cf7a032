package dev.dunlin.connection.channelpresence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.connection.channelpresence.PartStore.Change;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every store of parts does. */
public abstract class PartStoreContract {
    private static final ChannelName ROOM = new ChannelName("room:lobby");
    private static final NodeId ONE = new NodeId("one.1");
    private static final NodeId OTHER = new NodeId("other.1");
    private static final PartHead FIRST = new PartHead(1_700_000_000_001L, 2, 3);
    private static final PartHead SECOND = new PartHead(1_700_000_000_002L, 2, 2);
    private static final PartHead NOBODY = new PartHead(1_700_000_000_003L, 0, 0);

    protected abstract PartStore store();

    /** Waits for an answer. */
    protected abstract <T> T await(CompletionStage<T> answer);

    /** Forgets everything. */
    protected abstract void lose();

    protected abstract void lease(NodeId life);

    private boolean write(NodeId life, Change change) {
        return await(store().write(ROOM, life, change));
    }

    private static PartUser user(String id, String data) {
        return new PartUser(new UserId(id), 5, 7, TextNode.valueOf(data), 0, null);
    }

    private static Map<UserId, Optional<PartUser>> there(PartUser... users) {
        Map<UserId, Optional<PartUser>> all = new LinkedHashMap<>();
        Arrays.stream(users).forEach(user -> all.put(user.user(), Optional.of(user)));
        return all;
    }

    private List<PartUser> stored(NodeId life) {
        return await(store().users(ROOM, List.of(life))).getOrDefault(life, List.of());
    }

    @Test
    public void readersFindTheHeadAndTheUsersOfEachPart() {
        assertThat(write(ONE, new Change(FIRST, null, there(user("a", "1"), user("b", "1")))))
                .isTrue();
        assertThat(write(OTHER, new Change(SECOND, null, there(user("a", "2")))))
                .isTrue();

        assertThat(await(store().heads(ROOM))).isEqualTo(Map.of(ONE, FIRST, OTHER, SECOND));
        assertThat(stored(ONE)).containsExactlyInAnyOrder(user("a", "1"), user("b", "1"));
        assertThat(stored(OTHER)).containsExactly(user("a", "2"));
        assertThat(await(store().touch(ROOM, ONE))).contains(FIRST.n());
    }

    @Test
    public void changeAddsReplacesAndRemovesUsers() {
        assertThat(write(ONE, new Change(FIRST, null, there(user("a", "1"), user("b", "1")))))
                .isTrue();
        Map<UserId, Optional<PartUser>> change = there(user("b", "2"), user("c", "1"));
        change.put(new UserId("a"), Optional.empty());

        assertThat(write(ONE, new Change(SECOND, FIRST, change))).isTrue();
        assertThat(stored(ONE)).containsExactlyInAnyOrder(user("b", "2"), user("c", "1"));
        assertThat(await(store().heads(ROOM))).containsEntry(ONE, SECOND);
    }

    @Test
    public void changeOfWhatIsLostChangesNothing() {
        assertThat(write(ONE, new Change(FIRST, null, there(user("a", "1"))))).isTrue();
        lose();

        assertThat(await(store().touch(ROOM, ONE))).isEmpty();
        assertThat(write(ONE, new Change(SECOND, FIRST, there(user("b", "1"))))).isFalse();
        assertThat(await(store().heads(ROOM))).isEmpty();
        assertThat(stored(ONE)).isEmpty();
    }

    @Test
    public void wholePartReplacesWhatIsStored() {
        assertThat(write(ONE, new Change(FIRST, null, there(user("a", "1"))))).isTrue();

        assertThat(write(ONE, new Change(SECOND, null, there(user("b", "1"))))).isTrue();
        assertThat(stored(ONE)).containsExactly(user("b", "1"));
    }

    @Test
    public void partOfNobodyIsRemoved() {
        assertThat(write(ONE, new Change(FIRST, null, there(user("a", "1"))))).isTrue();
        assertThat(write(OTHER, new Change(FIRST, null, there(user("b", "1"))))).isTrue();

        assertThat(write(ONE, new Change(NOBODY, FIRST, Map.of(new UserId("a"), Optional.empty()))))
                .isTrue();
        await(store().remove(ROOM, OTHER).thenApply(done -> true));

        assertThat(await(store().heads(ROOM))).isEmpty();
        assertThat(stored(ONE)).isEmpty();
        assertThat(stored(OTHER)).isEmpty();
    }

    @Test
    public void deadNodesAreThoseWithoutALease() {
        lease(ONE);

        assertThat(await(store().withoutLease(List.of(ONE, OTHER)))).containsExactly(OTHER);
    }
}
