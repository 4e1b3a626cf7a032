package dev.dunlin.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    @Test
    void wordsAreLettersDigitsAndTheirMarks() {
        assertThat(texts("“Foo.sh”, DUN-1234… हिन्दी🎉x_y"))
                .containsExactly("foo", "sh", "dun", "1234", "हिन्दी", "x", "y");
        assertThat(texts("\u0301\u0301 - ❤\ufe0f 1\ufe0f\u20e3")).containsExactly("1");
    }

    @Test
    void invisibleCharactersDoNotSeparateAndAZeroWidthSpaceDoes() {
        assertThat(texts("co\u00adop می\u200cخواهم a\u200bb")).containsExactly("coop", "میخواهم", "a", "b");
    }

    @Test
    void aRunWithoutSpacesIsPairsAndItsLastCharacterOnePositionEach() {
        assertThat(Tokenizer.tokens("a北京x都b"))
                .containsExactly(
                        new Token("a", 1, Token.Kind.WORD),
                        new Token("北京", 2, Token.Kind.PAIR),
                        new Token("京", 3, Token.Kind.LAST),
                        new Token("x", 4, Token.Kind.WORD),
                        new Token("都", 5, Token.Kind.ONLY),
                        new Token("b", 6, Token.Kind.WORD));
    }

    @Test
    void aLongWordIsCut() {
        assertThat(texts("x".repeat(10_000) + " y")).containsExactly("x".repeat(Tokenizer.MOST_CHARACTERS), "y");
    }

    @Test
    void readingStopsWhenNoMoreIsWanted() {
        List<String> seen = new ArrayList<>();

        Tokenizer.read("a b c", token -> seen.add(token.text()) && seen.size() < 2);

        assertThat(seen).containsExactly("a", "b");
    }

    private static List<String> texts(String text) {
        return Tokenizer.tokens(text).stream().map(Token::text).toList();
    }
}
