package dev.dunlin.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/ws,                                CONNECTION",
        "/v1/events,                            CONNECTION",
        "/v1/poll,                              CONNECTION",
        "/v1/tickets,                           CONNECTION",
        "/openapi.yaml,                         MESSAGE",
        "/v1/channels/group:eng/signals,        CONNECTION",
        "/v1/users/bob/sessions,                CONNECTION",
        "/v1/channels,                          MESSAGE",
        "/v1/channels/group:eng,                MESSAGE",
        "/v1/channels/group:eng/messages,       MESSAGE",
        "/v1/channels/group:eng/events,         MESSAGE",
        "/v1/channels/group:eng/members/alice,  MESSAGE",
        "/v1/channels/c/messages/1/reactions/%F0%9F%91%8D, MESSAGE",
        "/v1/channels/presence,                 MESSAGE",
        "/v1/channels/c/members/presence,       MESSAGE",
        "/v1/users/bob/channels,                MESSAGE",
        "/v1/users/bob/export,                  MESSAGE",
        "/v1/users/bob/data,                    MESSAGE",
        "/v1/publish,                           MESSAGE",
        "/v1/channels/group:eng/search,         MESSAGE",
        "/v1/presence,                          PRESENCE",
        "/v1/channels/group:eng/presence,       PRESENCE",
        "/v1/channels/live:eurusd/occupancy,    PRESENCE",
        "/v1/devices,                           PUSH",
        "/v1/devices/7,                         PUSH",
        "/v1/push/vapid-key,                    PUSH"
    })
    void aPathOfTheProtocolGoesToItsService(String path, Role role) {
        assertThat(Routes.find(path)).contains(role);
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
        assertThat(Routes.find(path)).isEmpty();
    }

    @Test
    void aChannelMayHaveDotsInItsName() {
        assertThat(Routes.find("/v1/channels/group:a..b.c")).contains(Role.MESSAGE);
    }
}
