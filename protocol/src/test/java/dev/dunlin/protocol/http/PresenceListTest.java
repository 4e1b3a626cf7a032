package dev.dunlin.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceListTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    @Test
    void awaySinceIsReadAndWrittenByUser() throws InvalidInput {
        byte[] json = "{\"users\":[],\"awaySince\":{\"alice\":5}}".getBytes(StandardCharsets.UTF_8);
        PresenceList list = new PresenceList(List.of(), null, Map.of(ALICE, 5L));

        assertThat(Json.write(list)).isEqualTo(json);
        assertThat(Json.read(json, PresenceList.class)).isEqualTo(list);
    }

    @Test
    void anOlderAnswerDoesNotSaySinceWhen() throws InvalidInput {
        byte[] json = "{\"users\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.read(json, PresenceList.class).awaySince()).isNull();
        assertThat(Json.write(new PresenceList(List.of()))).isEqualTo(json);
    }

    @Test
    void partsOfAnAnswerAreJoinedWithAllThatTheySay() {
        PresenceList one = new PresenceList(List.of(), List.of(BOB), Map.of(ALICE, 5L));
        PresenceList other = new PresenceList(List.of(), null, Map.of(BOB, 0L));

        assertThat(one.and(other)).isEqualTo(new PresenceList(List.of(), List.of(BOB), Map.of(ALICE, 5L, BOB, 0L)));
        assertThat(new PresenceList(List.of()).and(new PresenceList(List.of()))).isEqualTo(new PresenceList(List.of()));
    }

    @Test
    void presenceIsAskedAsItIsWithoutAViewerAndUnlessAsOthersSeeIt() {
        assertThat(new UsersQuery(List.of(ALICE)).asItIs()).isTrue();
        assertThat(new UsersQuery(List.of(ALICE), null, false, null).asItIs()).isTrue();
        assertThat(new UsersQuery(List.of(ALICE), null, true, null).asItIs()).isFalse();
        assertThat(new UsersQuery(List.of(ALICE), BOB, null, null).asItIs()).isFalse();
    }
}
