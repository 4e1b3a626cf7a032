package dev.dunlin.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {
    /**
     * From Unicode's CaseFolding.txt: status C, F and (for İ) T, each kind of entry once or more.
     */
    @ParameterizedTest
    @CsvSource({
        "A, a", "Ä, ä", "ß, ss", "ẞ, ss", "İ, i", "I, i", "i̇, i", "Σ, σ", "ς, σ", "ﬀ, ff", "ﬅ, st", "ŉ, ʼn", "ǰ, ǰ",
        "ΐ, ΐ", "և, եւ", "ẖ, ẖ", "ſ, s", "K, k", "Å, å", "µ, μ", "ǅ, dž", "ᾳ, αι", "ᾼ, αι", "ῼ, ωι", "ﬓ, մն", "Ａ, a",
        "Ⅷ, viii", "Ꭰ, ꭰ", "Ა, ა", "𐐀, 𐐨", "𞤀, 𞤢", "㎏, kg", "①, 1", "ｱ, ア", "ｶﾞ, ガ"
    })
    void aCharacterIsFolded(String character, String folded) {
        assertThat(Folding.fold(character)).isEqualTo(Folding.fold(folded));
        assertThat(Folding.fold("x" + character + "y")).isEqualTo(Folding.fold("x" + folded + "y"));
    }

    @Test
    void everyCharacterFoldsAsItsCasesAndItsNormalFormsDoAndOnlyOnce() {
        everyCharacter(c -> {
            String text = Character.toString(c);
            String folded = Folding.fold(text);
            assertThat(Folding.fold(folded)).as("twice, U+%X", c).isEqualTo(folded);
            assertThat(Folding.fold(text.toLowerCase(Locale.ROOT)))
                    .as("lower, U+%X", c)
                    .isEqualTo(folded);
            assertThat(Folding.fold(text.toUpperCase(Locale.ROOT)))
                    .as("upper, U+%X", c)
                    .isEqualTo(folded);
            assertThat(Folding.fold(Character.toString(Character.toTitleCase(c))))
                    .as("title, U+%X", c)
                    .isEqualTo(folded);
            for (Normalizer.Form form : Normalizer.Form.values()) {
                assertThat(Folding.fold(Normalizer.normalize(text, form)))
                        .as("%s, U+%X", form, c)
                        .isEqualTo(folded);
            }
        });
    }

    @Test
    void whatBecomesNothingButMarksCountsAsAMark() {
        everyCharacter(c -> {
            String normal = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
            if (normal.codePoints().allMatch(Folding::isMark)) {
                assertThat(Folding.isMark(c)).as("U+%X", c).isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ß",
                "Σ",
                "aΣ",
                "Σ.",
                "a\u0301\u0323",
                "\u0301\u0323",
                "\u0301\uff9e",
                "\ufdfa",
                "İ",
                "\u0344",
                "中",
                "가",
                "ไ้",
                "\ud835\udc00",
                "\ud800",
                "-",
                "🎉"
            })
    void sixtyFourKilobytesOfAnythingAreTakenApartAtOnce(String piece) {
        String text = piece.repeat(65_536 / piece.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Tokenizer.read(text, _ -> true));
    }

    private static void everyCharacter(IntConsumer check) {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.isDefined(c)
                        && Character.getType(c) != Character.SURROGATE
                        && Character.getType(c) != Character.PRIVATE_USE)
                .forEach(check);
    }
}
