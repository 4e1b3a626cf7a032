package dev.dunlin.push.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefsTest {
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final ChannelName OPS = new ChannelName("group:ops");

    @Test
    void aMuteEndsAtItsTime() throws InvalidInput {
        Prefs prefs = read("{'muted':{'group:eng':1000}}");
        assertThat(prefs.mutes(ENG, Instant.ofEpochMilli(999))).isTrue();
        assertThat(prefs.mutes(ENG, Instant.ofEpochMilli(1000))).isFalse();
        assertThat(prefs.mutes(OPS, Instant.ofEpochMilli(999))).isFalse();
    }

    @Test
    void aMuteCanBeForEver() throws InvalidInput {
        assertThat(read("{'muted':{'group:eng':true}}").mutes(ENG, Instant.parse("2999-01-01T00:00:00Z")))
                .isTrue();
    }

    @Test
    void nothingIsMutedByDefault() throws InvalidInput {
        assertThat(read("{}").mutes(ENG, Instant.EPOCH)).isFalse();
    }

    @Test
    void whatIsReadIsWrittenTheSame() throws InvalidInput {
        String json =
                "{\"muted\":{\"group:eng\":true},\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\",\"zone\":\"Europe/Berlin\"},\"badge\":true}";
        assertThat(new String(Json.write(Json.read(json.getBytes(UTF_8), Prefs.class)), UTF_8))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'muted':{'eng':1}}",
                "{'muted':{'group:eng':'later'}}",
                "{'muted':{'group:eng':false}}",
                "{'muted':[]}",
                "{'quietHours':{'from':'22:00','to':'07:00'}}",
                "{'badge':'yes'}"
            })
    void whatIsWrongIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidInput.class);
    }

    private static Prefs read(String json) throws InvalidInput {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), Prefs.class);
    }
}
