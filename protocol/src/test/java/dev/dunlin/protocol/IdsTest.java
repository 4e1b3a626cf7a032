package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.frame.Emoji;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rules of ids, compared with regular expressions that say the same, over every character that
 * they could have.
 */
class IdsTest {
    @Test
    void everyIdAllowsWhatItsRuleSaysAndNothingElse() {
        compare(UserId::new, "[A-Za-z0-9_.@-]{1,64}", "bob", 64);
        compare(SessionId::new, "[A-Za-z0-9_-]{1,64}", "bob", 64);
        compare(NodeId::new, "[A-Za-z0-9_.-]{1,64}", "bob", 64);
        compare(Epoch::new, "[A-Za-z0-9_-]{1,32}", "bob", 32);
        compare(ClientMessageId::new, "[\\x21-\\x7e]{1,64}", "bob", 64);
        compare(ChannelName::new, "(?=.{1,128}$)[A-Za-z0-9_.@-]+:[A-Za-z0-9_.:@-]+", "room:lobby", 128);
    }

    @Test
    void aChannelHasANamespaceAndAName() {
        assertThat(new ChannelName("room:a:b").namespace()).isEqualTo("room");
        for (String wrong : new String[] {":", "a:", ":a", "a", "a\n:b", "a:b\n", ""}) {
            assertThatThrownBy(() -> new ChannelName(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAUrlParserFoldsIsNoSegment() {
        for (String folded : new String[] {".", "..", "%2e", "%2E%2e", ".%2e", "a/../b", "..\\a"}) {
            assertThat(PathSegment.isFolded(folded)).as(folded).isTrue();
            assertThatThrownBy(() -> PathSegment.require("emoji", new Emoji(folded)))
                    .hasMessageStartingWith("emoji: must not be . or ..");
        }
        for (String kept : new String[] {"...", "a.", ".a", "%2e%2e%2e", "room:..", "👍"}) {
            assertThat(PathSegment.isFolded(kept)).as(kept).isFalse();
        }
    }

    private static void compare(Function<String, Object> make, String rule, String sample, int longest) {
        Pattern pattern = Pattern.compile(rule);
        for (int c = 0; c < 0x300; c++) {
            for (String text : new String[] {(char) c + sample, sample + (char) c, "" + (char) c}) {
                assertThat(allows(make, text))
                        .as(text)
                        .isEqualTo(pattern.matcher(text).matches());
            }
        }
        for (int length = 0; length < longest + 3; length++) {
            String text = sample + "x".repeat(Math.max(0, length - sample.length()));
            assertThat(allows(make, text))
                    .as(text)
                    .isEqualTo(pattern.matcher(text).matches());
        }
        assertThat(allows(make, "")).isFalse();
    }

    private static boolean allows(Function<String, Object> make, String text) {
        try {
            var unused = make.apply(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
