package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenScopesTest {
    @Test
    void wordsAreSeparatedBySpaces() {
        assertThat(TokenScopes.parse("openid  server ")).containsExactlyInAnyOrder("openid", "server");
        assertThat(TokenScopes.parse(Json.createValue("server"))).containsExactly("server");
    }

    @Test
    void arraysCountToo() {
        assertThat(TokenScopes.parse(List.of("openid", "server"))).containsExactlyInAnyOrder("openid", "server");
        assertThat(TokenScopes.parse(
                        Json.createArrayBuilder().add("internal").add(5).build()))
                .containsExactly("internal");
        assertThat(TokenScopes.parse(Arrays.asList("server", 5, null))).containsExactly("server");
    }

    @Test
    void otherShapesAndOtherWordsGiveNothing() {
        assertThat(TokenScopes.parse(null)).isEmpty();
        assertThat(TokenScopes.parse(5)).isEmpty();
        assertThat(TokenScopes.parse(Map.of("server", true))).isEmpty();
        assertThat(TokenScopes.parse("SERVER server,internal servers")).doesNotContain("server", "internal");
    }
}
