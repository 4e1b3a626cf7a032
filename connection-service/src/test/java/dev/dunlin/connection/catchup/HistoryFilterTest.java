package dev.dunlin.connection.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryFilterTest {
    private static final ChannelName CHANNEL = new ChannelName("group:eng");
    private static final UserId ALICE = new UserId("alice");

    private final HistoryFilter filter = HistoryFilter.before(5);

    @Test
    void whatChangesAHiddenMessageIsADeletionOfNothing() {
        for (ServerFrame event : List.of(
                new ServerFrame.Edited(CHANNEL, 9, 4, ALICE, 1, TextNode.valueOf("secret")),
                new ServerFrame.Reacted(CHANNEL, 9, 4, ALICE, 1, new Emoji("x"), null),
                new ServerFrame.Deleted(CHANNEL, 9, 4, ALICE, 1))) {
            assertThat(filter.show(Json.write(event)))
                    .isEqualTo(Json.write(new ServerFrame.Deleted(CHANNEL, 9, 9, ALICE, 1)));
        }
    }

    @Test
    void everythingElseIsTheSameBytesAsForOthers() {
        byte[] edited = Json.write(new ServerFrame.Edited(CHANNEL, 9, 5, ALICE, 1, TextNode.valueOf("new")));
        byte[] message = Json.write(new ServerFrame.Message(
                CHANNEL, 9, new ClientMessageId("a"), ALICE, 1, TextNode.valueOf("hi"), null, null, null, null, null));
        byte[] hidden = Json.write(new ServerFrame.Edited(CHANNEL, 9, 4, ALICE, 1, TextNode.valueOf("new")));

        assertThat(filter.show(edited)).isSameAs(edited);
        assertThat(filter.show(message)).isSameAs(message);
        assertThat(HistoryFilter.NONE.show(hidden)).isSameAs(hidden);
    }
}
