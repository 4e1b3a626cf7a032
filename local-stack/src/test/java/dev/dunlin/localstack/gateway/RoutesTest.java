package dev.dunlin.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/ws,                                CONNECTION",
        "GET,    /v1/events,                            CONNECTION",
        "GET,    /v1/poll,                              CONNECTION",
        "POST,   /v1/tickets,                           CONNECTION",
        "POST,   /v1/channels/group:eng/signals,        CONNECTION",
        "DELETE, /v1/users/bob/sessions,                CONNECTION",
        "GET,    /v1/channels,                          MESSAGE",
        "GET,    /v1/channels/group:eng,                MESSAGE",
        "POST,   /v1/channels/group:eng/messages,       MESSAGE",
        "GET,    /v1/channels/group:eng/events,         MESSAGE",
        "PUT,    /v1/channels/group:eng/members/alice,  MESSAGE",
        "PUT,    /v1/channels/c/messages/1/reactions/%F0%9F%91%8D, MESSAGE",
        "GET,    /v1/channels/presence,                 MESSAGE",
        "GET,    /v1/channels/c/members/presence,       MESSAGE",
        "GET,    /v1/users/bob/channels,                MESSAGE",
        "GET,    /v1/users/bob/export,                  MESSAGE",
        "DELETE, /v1/users/bob/data,                    MESSAGE",
        "POST,   /v1/publish,                           MESSAGE",
        "GET,    /v1/channels/group:eng/search,         MESSAGE",
        "GET,    /v1/presence,                          PRESENCE",
        "GET,    /v1/channels/group:eng/presence,       PRESENCE",
        "POST,   /v1/devices,                           PUSH",
        "DELETE, /v1/devices/7,                         PUSH",
        "GET,    /v1/push/vapid-key,                    PUSH"
    })
    void aPathOfTheProtocolGoesToItsService(String method, String path, Role role) {
        assertThat(Routes.find(method, path)).contains(role);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/channels/c/access",
                "/q/health",
                "/v1",
                "/v2/channels",
                "/v1/ws/more",
                "/v1/internal",
                "/v1/channels/../../internal/users/bob/channels",
                "/v1/channels/%2e%2E/%2e./internal/x",
                "/v1/channels/..%2f..%2finternal",
                "/v1/channels/..;a=b/..;/internal",
                "/v1//internal",
                "/v1/channels/..\\..\\internal"
            })
    void whatIsNotForClientsGoesNowhere(String path) {
        assertThat(Routes.find("GET", path)).isEmpty();
    }

    @Test
    void aChannelMayHaveDotsInItsName() {
        assertThat(Routes.find("GET", "/v1/channels/group:a..b.c")).contains(Role.MESSAGE);
    }
}
