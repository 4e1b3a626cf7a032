package dev.dunlin.push.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AboutTest {
    @ParameterizedTest
    @ValueSource(strings = {"de", "de-CH", "zh-Hans-CN", "en-US-x-twain", "sr-Latn-RS", "i-klingon"})
    void aLanguageTagIsALocale(String locale) {
        assertThat(new About(null, null, locale, null).locale()).isEqualTo(locale);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "de_CH", "de-", "a", "de\u0000", "d\u00e9", "en-abcdefghijk"})
    void anythingElseIsNone(String locale) {
        assertThatThrownBy(() -> new About(null, null, locale, null)).hasMessageStartingWith("locale: must be");
    }

    @Test
    void aLocaleOfMoreThan35CharactersIsRefused() {
        assertThatThrownBy(() -> new About(null, null, "en-x-" + "abcdefg-".repeat(4) + "abc", null))
                .hasMessageContaining("35");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "a\u0085b", "\ud800"})
    void aTextThatCannotBeShownIsRefusedByItsName(String text) {
        assertThatThrownBy(() -> new About(text, null, null, null)).hasMessageStartingWith("app: must be");
        assertThatThrownBy(() -> new About(null, text, null, null)).hasMessageStartingWith("platform: must be");
        assertThatThrownBy(() -> new About(null, null, null, text)).hasMessageStartingWith("appVersion: must be");
    }

    @Test
    void aTextHasUpTo100Characters() {
        assertThat(new About("\u9d28".repeat(100), null, null, null).app()).hasSize(100);
        assertThatThrownBy(() -> new About("\u9d28".repeat(101), null, null, null))
                .hasMessageContaining("100");
    }
}
