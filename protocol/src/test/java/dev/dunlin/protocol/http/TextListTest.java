package dev.dunlin.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextListTest {
    @Test
    void aTextWhoseSenderNobodyBlocksIsWrittenAndReadWithoutBlockers() throws InvalidInput {
        byte[] older = "{\"data\":\"hi\",\"readers\":[\"alice\"]}".getBytes(StandardCharsets.UTF_8);
        TextList.Text text = Json.read(older, TextList.Text.class);

        assertThat(text.blocking()).isNull();
        assertThat(Json.write(text)).isEqualTo(older);
    }

    @Test
    void blockersComeBesideTheReaders() throws InvalidInput {
        byte[] json = "{\"data\":null,\"readers\":[],\"blocking\":[\"bob\"]}".getBytes(StandardCharsets.UTF_8);
        TextList.Text text = Json.read(json, TextList.Text.class);

        assertThat(text.blocking()).isEqualTo(List.of(new UserId("bob")));
        assertThat(Json.write(text)).isEqualTo(json);
    }
}
