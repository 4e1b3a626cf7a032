package dev.dunlin.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Privileged calls and refused attempts are in the audit log. */
@QuarkusTest
@WithTestResource(EnginesTestResource.class)
class AuditIT {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Logger audit = Logger.getLogger("dunlin.audit");
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        audit.addHandler(handler);
    }

    @AfterEach
    void stop() {
        audit.removeHandler(handler);
    }

    @Test
    void whatABackEndDoesIsOneLineOfJson() throws InvalidInput {
        given().auth()
                .oauth2(TestTokens.server("backend"))
                .header("traceparent", TRACEPARENT)
                .delete("/v1/users/bob/sessions")
                .then()
                .statusCode(204);
        JsonNode line = next();
        assertThat(line.path("who").asText()).isEqualTo("backend");
        assertThat(line.path("scope").asText()).isEqualTo("server");
        assertThat(line.path("what").asText()).isEqualTo("end_sessions");
        assertThat(line.path("on").asText()).isEqualTo("bob");
        assertThat(line.path("outcome").asText()).isEqualTo("done");
        assertThat(line.path("status").asInt()).isEqualTo(204);
        assertThat(line.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void refusedAttemptsAreThereWithWhoTried() throws InvalidInput {
        for (String token : List.of(TestTokens.user("eve"), TestTokens.internal("eve"))) {
            given().auth().oauth2(token).delete("/v1/users/bob/sessions").then().statusCode(403);
            JsonNode line = next();
            assertThat(line.path("who").asText()).isEqualTo("eve");
            assertThat(line.path("outcome").asText()).isEqualTo("refused");
        }
        given().delete("/v1/users/bob/sessions").then().statusCode(401);
        assertThat(next().path("who").asText()).isEmpty();
        given().auth()
                .oauth2(TestTokens.foreign("eve"))
                .delete("/v1/users/bob/sessions")
                .then()
                .statusCode(401);
        assertThat(next().path("status").asInt()).isEqualTo(401);
    }

    @Test
    void whatUsersPublishIsNobodysBusinessAndWhatBackEndsPublishIs() throws InvalidInput {
        for (String end : List.of("", "/")) {
            String path = "/v1/channels/group:eng/messages" + end;
            given().auth().oauth2(TestTokens.user("alice")).post(path).then().statusCode(204);
            given().auth()
                    .oauth2(TestTokens.server("backend"))
                    .post(path)
                    .then()
                    .statusCode(204);
            JsonNode line = next();
            assertThat(line.path("who").asText()).isEqualTo("backend");
            assertThat(line.path("what").asText()).isEqualTo("publish");
            assertThat(line.path("on").asText()).isEqualTo("group:eng");
            assertThat(records).isEmpty();
        }
    }

    private JsonNode next() throws InvalidInput {
        Awaitility.await().until(() -> !records.isEmpty());
        LogRecord record = records.remove();
        assertThat(record.getLevel().intValue()).isEqualTo(Level.INFO.intValue());
        return Json.parse(record.getMessage().getBytes(StandardCharsets.UTF_8));
    }
}
