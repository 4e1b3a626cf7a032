package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditedCallTest {
    @ParameterizedTest
    @CsvSource({
        "DELETE, /v1/users/bob/data, erase, bob",
        "GET, /v1/users/bob/export, export, bob",
        "DELETE, /v1/users/bob/sessions, end_sessions, bob",
        "POST, /v1/publish, publish_many, ''",
        "POST, /v1/publish/, publish_many, ''",
        "GET, /v1/users/bob/export//, export, bob",
        "POST, /v1/channels/group:eng/messages, publish, group:eng",
        "POST, /v1/channels/group:eng/signals, signal, group:eng"
    })
    void privilegedCallsAreNamed(String method, String path, String what, String on) {
        AuditedCall call = AuditedCall.find(method, path, null).orElseThrow();
        assertThat(call.what()).isEqualTo(what);
        assertThat(call.on()).isEqualTo(on);
    }

    @Test
    void purgingIsOneAndArchivingIsNot() {
        assertThat(AuditedCall.find("DELETE", "/v1/channels/group:eng", "true")).isPresent();
        assertThat(AuditedCall.find("DELETE", "/v1/channels/group:eng", null)).isEmpty();
        assertThat(AuditedCall.find("DELETE", "/v1/channels/group:eng/messages/1", "true"))
                .isEmpty();
    }

    @Test
    void readingIsNone() {
        assertThat(AuditedCall.find("GET", "/v1/users/bob/data", null)).isEmpty();
        assertThat(AuditedCall.find("GET", "/v1/channels/group:eng/messages", null))
                .isEmpty();
    }
}
