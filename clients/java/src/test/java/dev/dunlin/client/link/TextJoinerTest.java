package dev.dunlin.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextJoinerTest {
    private final TextJoiner joiner = new TextJoiner(10);

    @Test
    void joinsPartsUpToTheLast() {
        assertThat(joiner.add("ab", false)).isEmpty();
        assertThat(joiner.add("cd", false)).isEmpty();
        assertThat(joiner.add("ef", true)).contains("abcdef");
        assertThat(joiner.add("gh", true)).contains("gh");
    }

    @Test
    void joinsACharacterThatWasCutInTwo() {
        assertThat(joiner.add("\ud83e", false)).isEmpty();
        assertThat(joiner.add("\udda2", true)).contains("🦢");
    }

    @Test
    void refusesAMessageBeyondItsBound() {
        joiner.add("123456", false);
        assertThatThrownBy(() -> joiner.add("78901", true)).hasMessageContaining("more than 10 characters");
    }
}
