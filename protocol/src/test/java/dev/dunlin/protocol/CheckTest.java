package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.frame.Emoji;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckTest {
    @Test
    void dataThatIsAsDeepAsItMayBeStillFitsIntoOtherJson() throws InvalidInput {
        JsonNode deep = nested(Check.MAX_DATA_DEPTH);
        assertThat(Check.data("data", deep)).isSameAs(deep);
    }

    @Test
    void dataThatIsNestedDeeperIsRefusedByName() throws InvalidInput {
        JsonNode deeper = nested(Check.MAX_DATA_DEPTH + 1);
        assertThatThrownBy(() -> Check.data("data", deeper)).hasMessage("data: must be nested at most 500 deep");
    }

    @Test
    void textThatIsNestedBeyondTheParserIsRefusedInWords() {
        assertThatThrownBy(() -> nested(2_000)).isInstanceOf(InvalidInput.class).hasMessageContaining("nested");
    }

    @Test
    void halvesOfSurrogatePairsAreRefusedByName() throws InvalidInput {
        for (String half : new String[] {
            "\"\\ud83d\"", "\"\\udc4d\"", "[\"a\", \"\\udc4d\\ud83d\"]", "{\"a\": {\"b\": \"x\\udfff\"}}"
        }) {
            JsonNode node = parse(half);
            assertThatThrownBy(() -> Check.data("data", node))
                    .as(half)
                    .hasMessageStartingWith("data: must not hold half of a surrogate pair");
        }
        JsonNode whole = parse("{\"\ud83d\udc4d\": \"\\ud83d\\udc4d\"}");
        assertThat(Check.data("data", whole)).isSameAs(whole);
    }

    @Test
    void exponentsAreBoundedBothWays() throws InvalidInput {
        for (String far : new String[] {"1e401", "-1E+401", "[1e-401]", "{\"a\": 9.99e999999999}", "1e-999999999"}) {
            JsonNode node = parse(far);
            assertThatThrownBy(() -> Check.data("data", node))
                    .as(far)
                    .hasMessage("data: a number's exponent must be from -400 to 400");
        }
        for (String near :
                new String[] {"1e400", "-1e-400", "0e401", "1.7976931348623157e308", "5e-324", "12345678901234567890123"
                }) {
            JsonNode node = parse(near);
            assertThat(Check.data("data", node)).isSameAs(node);
        }
    }

    @Test
    void anEmojiIsTheSameWithAndWithoutItsVariationSelector() {
        assertThat(new Emoji("\u2764\ufe0f")).isEqualTo(new Emoji("\u2764"));
        assertThat(new Emoji("#\ufe0f\u20e3").value()).isEqualTo("#\u20e3");
        assertThatThrownBy(() -> new Emoji("\ufe0f")).hasMessageContaining("1 to 32 characters");
    }

    private static JsonNode parse(String json) throws InvalidInput {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode nested(int depth) throws InvalidInput {
        return Json.parse(("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8));
    }
}
