package dev.dunlin.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.ChannelName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatOptionsTest {
    @Test
    void aUserAndAChannelAreEnough() {
        ChatOptions options = ChatOptions.parse(List.of("--user", "alice", "room:lobby"), Map.of());
        assertThat(options.origin()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(options.channel()).isEqualTo(new ChannelName("room:lobby"));
    }

    @Test
    void aTokenInTheEnvironmentStandsForTheUser() throws Exception {
        ChatOptions options = ChatOptions.parse(List.of("room:lobby"), Map.of("DUNLIN_TOKEN", " a.b.c\n"));
        assertThat(options.tokens().fetch()).isEqualTo("a.b.c");
    }

    @Test
    void mistakesAreSaidInOneLine() {
        assertMistake(List.of("room:lobby"), "who are you? Give --user NAME or a token in DUNLIN_TOKEN");
        assertMistake(List.of("--user", "alice"), ChatOptions.USAGE);
        assertMistake(List.of("--user"), "--user needs a value; " + ChatOptions.USAGE);
        assertMistake(List.of("--loud", "room:lobby"), "unknown option --loud; " + ChatOptions.USAGE);
        assertMistake(
                List.of("--user", "alice", "lobby"),
                "the channel must be namespace:name, 1 to 128 characters of [A-Za-z0-9_.:@-], not lobby");
        assertMistake(
                List.of("--url", "localhost", "--user", "alice", "room:lobby"),
                "--url must be a URL that starts with http:// or https://, not localhost");
    }

    private static void assertMistake(List<String> arguments, String line) {
        assertThatThrownBy(() -> ChatOptions.parse(arguments, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(line);
    }
}
