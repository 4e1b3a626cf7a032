package dev.dunlin.message.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewChannelTest {
    @Test
    void membersAreBoundedBeforeAnythingIsAskedAboutThem() {
        assertThat(withMembers(1_000).memberList()).hasSize(1_000);
        assertThatThrownBy(() -> withMembers(1_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("members: must be at most 1000");
    }

    private static Bodies.NewChannel withMembers(int count) {
        List<UserId> members =
                IntStream.range(0, count).mapToObj(i -> new UserId("user" + i)).toList();
        return new Bodies.NewChannel(new ChannelName("group:eng"), null, members);
    }
}
