package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dunlin.message.search.Search;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Search} keeps that can search. */
public abstract class SearchContract extends StoreContract {
    @Test
    public void wordsAreFoundNewestFirstWithoutRegardToCase() {
        run(alice, room, message("a", "The quick brown fox"));
        run(alice, room, message("b", "a slow fox"));
        run(alice, room, message("c", "no animals"));

        assertThat(found("FOX")).containsExactly(2L, 1L);
        assertThat(found("quick fox")).containsExactly(1L);
        assertThat(found("\"brown fox\"")).containsExactly(1L);
        assertThat(found("\"fox brown\"")).isEmpty();
        assertThat(found("slow or animals")).containsExactly(3L, 2L);
        assertThat(found("fox -quick")).containsExactly(2L);
    }

    @Test
    public void allStringsOfTheDataAreSearchedAndNoNamesOfFields() {
        run(
                alice,
                room,
                new Publish(
                        new ClientMessageId("a"),
                        JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "card",
                                        JsonNodeFactory.instance.objectNode().put("headline", "Überfahrt nach 北京")),
                        null));

        assertThat(found("überfahrt")).containsExactly(1L);
        assertThat(found("北京")).containsExactly(1L);
        assertThat(found("headline")).isEmpty();
    }

    @Test
    public void anEditIsFoundByItsNewWordsAndADeletedMessageNever() {
        run(alice, room, message("a", "before"));
        run(alice, room, new Edit(1, text("after")));

        assertThat(found("before")).isEmpty();
        assertThat(found("after")).containsExactly(1L);

        run(alice, room, new Delete(1));

        assertThat(found("after")).isEmpty();
    }

    @Test
    public void textThatNoStoreHoldsDoesNotHideWhatIsBesideIt() {
        run(alice, room, message("a", "nul\u0000 beside\u0001it"));

        assertThat(found("beside")).containsExactly(1L);
    }

    @Test
    public void onlyTheChannelIsSearchedAndOnlyBetweenTheSeqs() {
        ChannelName other = new ChannelName("room:other-" + suffix);
        run(alice, other, message("a", "word"));
        for (int i = 0; i < 4; i++) {
            run(alice, room, message("m" + i, "word"));
        }

        assertThat(found("word")).containsExactly(4L, 3L, 2L, 1L);
        assertThat(found("word", 2, 4, 10)).containsExactly(3L, 2L);
        assertThat(found("word", 1, Long.MAX_VALUE, 2)).containsExactly(4L, 3L);
    }

    @Test
    public void aChannelsNameIsNoWordOfItsMessages() {
        run(alice, room, message("a", "word"));

        assertThat(found(room.value())).isEmpty();
    }

    @Test
    public void textWithoutWordsIsSaidToHaveNone() {
        run(alice, room, message("a", "word"));

        for (String nothing : List.of("?!", "\"\"", "& |", "' \\ :*")) {
            assertThat(store().search().search(room, nothing, 1, Long.MAX_VALUE, 10))
                    .as(nothing)
                    .isEqualTo(new Search.Result.Nothing());
        }
    }

    private List<Long> found(String text) {
        return found(text, 1, Long.MAX_VALUE, 10);
    }

    private List<Long> found(String text, long from, long before, int limit) {
        Search.Result result = store().search().search(room, text, from, before, limit);
        return ((Search.Result.Found) result)
                .messages().stream().map(ServerFrame.Message::seq).toList();
    }
}
