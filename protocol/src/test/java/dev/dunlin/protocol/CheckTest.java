package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
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

    private static JsonNode nested(int depth) throws InvalidInput {
        return Json.parse(("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8));
    }
}
