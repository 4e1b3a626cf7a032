package dev.dunlin.push.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void whatFitsStays() {
        assertThat(JsonText.cut("hello", 5)).isEqualTo("hello");
        assertThat(JsonText.cut("hello", 4)).isEqualTo("h…");
        assertThat(JsonText.cut("hello", 3)).isEqualTo("…");
        assertThat(JsonText.cut("", 3)).isEmpty();
    }

    /**
     * A family, a flag, a flag of tags, a keycap, a skin tone, marks, Hangul in parts, Devanagari.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66",
                "\uD83C\uDDE9\uD83C\uDDEA",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
                "1\uFE0F\u20E3",
                "\uD83D\uDC4D\uD83C\uDFFD",
                "e\u0301\u0323\u0302",
                "\u1112\u1161\u11AB",
                "\u0915\u094D\u0937\u093F"
            })
    void whatAReaderTakesForOneCharacterIsNotCut(String character) {
        String text = "a" + character + character + character;
        for (int bytes = 3; bytes < size(text) + 3; bytes++) {
            String cut = JsonText.cut(text, bytes);
            assertThat(size(cut)).isLessThanOrEqualTo(bytes);
            assertThat(cut).isIn("…", "a…", "a" + character + "…", "a" + character + character + "…", text);
        }
    }

    @Test
    void flagsAreCountedInPairs() {
        String flags = "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7\uD83C\uDDEE\uD83C\uDDF9";
        assertThat(JsonText.cut(flags, 8 + 8 + 3)).isEqualTo(flags.substring(0, 8) + "…");
        assertThat(JsonText.cut(flags, 8 + 7 + 3)).isEqualTo(flags.substring(0, 4) + "…");
    }

    @Test
    void theSizeIsThatOfTheEscapedText() {
        Random random = new Random(7);
        String alphabet = "a\"\\\n\t\u0001\u001f/<\u007fäß€\u2028汉😀";
        int[] points = alphabet.codePoints().toArray();
        for (int i = 0; i < 500; i++) {
            String text = random.ints(random.nextInt(40), 0, points.length)
                    .map(index -> points[index])
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(JsonText.bytes(text, Integer.MAX_VALUE)).as(text).isEqualTo(size(text));
        }
    }

    @Test
    void aLongTextOfOneCharacterIsCutAndFast() {
        String marks = "e" + "\u0301".repeat(60_000);
        assertThat(JsonText.cut(marks, 4_000)).isEqualTo("…");
        assertThat(size(JsonText.cut("😀".repeat(60_000), 4_000))).isBetween(3_997, 4_000);
    }

    private static int size(String text) {
        return new String(Json.write(TextNode.valueOf(text)), UTF_8).getBytes(UTF_8).length - 2;
    }
}
