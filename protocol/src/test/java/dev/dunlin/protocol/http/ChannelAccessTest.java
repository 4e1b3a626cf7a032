package dev.dunlin.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChannelAccessTest {
    @Test
    void anOlderAnswerNotifiesAsItsBooleanSays() throws InvalidInput {
        assertThat(access(true, "").notifies()).isEqualTo(PushMode.ALL);
        assertThat(access(false, "").notifies()).isEqualTo(PushMode.NONE);
    }

    @Test
    void aModeCountsMoreThanTheBoolean() throws InvalidInput {
        assertThat(access(true, ",\"pushMode\":\"mentions\"").notifies()).isEqualTo(PushMode.MENTIONS);
        assertThat(access(true, ",\"pushMode\":\"all\"").notifies()).isEqualTo(PushMode.ALL);
        assertThat(access(false, ",\"pushMode\":\"none\"").notifies()).isEqualTo(PushMode.NONE);
    }

    private static ChannelAccess access(boolean push, String more) throws InvalidInput {
        String json = """
                {"channel":"group:eng","durable":true,"presence":true,"push":%s,"head":0,"read":0,
                 "maxMessageBytes":100,"subscribe":true,"publish":true,"member":true,"conflate":false,"from":1%s}
                """.formatted(push, more);
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ChannelAccess.class);
    }
}
