package dev.dunlin.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGuardTest {
    private static final Endpoint ENDPOINT = Endpoint.of("https://push.example/x");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "169.254.169.254",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:1::1",
                "2001:db8::1"
            })
    void anAddressThatIsNotPublicIsRefused(String address) {
        assertThatThrownBy(() -> guard(address).check(ENDPOINT))
                .isInstanceOf(EndpointRefused.class)
                .hasMessageContaining("public internet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void aPublicAddressIsReturnedToBeConnectedTo(String address) throws Exception {
        assertThat(guard(address).check(ENDPOINT)).isEqualTo(InetAddress.ofLiteral(address));
    }

    @Test
    void oneAddressThatIsNotPublicIsEnough() {
        assertThatThrownBy(() -> guard("8.8.8.8", "127.0.0.1").check(ENDPOINT)).isInstanceOf(EndpointRefused.class);
    }

    @Test
    void plainHttpIsRefused() {
        assertThatThrownBy(() -> guard("8.8.8.8").check(Endpoint.of("http://push.example/")))
                .isInstanceOf(EndpointRefused.class)
                .hasMessageContaining("https");
    }

    @Test
    void aHostThatIsNotKnownMayBeLater() {
        EndpointGuard guard = new EndpointGuard(
                host -> {
                    throw new UnknownHostException(host);
                },
                false);
        assertThatThrownBy(() -> guard.check(ENDPOINT)).isInstanceOf(EndpointUnknown.class);
    }

    @Test
    void behindAProxyOnlyANameThatIsNotKnownIsLeftToIt() throws Exception {
        EndpointGuard unknowing = new EndpointGuard(
                host -> {
                    throw new UnknownHostException(host);
                },
                false,
                true);
        unknowing.require(ENDPOINT);
        assertThatThrownBy(() -> unknowing.check(ENDPOINT)).isInstanceOf(EndpointUnknown.class);
        assertThatThrownBy(() -> unknowing.require(Endpoint.of("http://push.example/")))
                .isInstanceOf(EndpointRefused.class);
        EndpointGuard knowing =
                new EndpointGuard(_ -> new InetAddress[] {InetAddress.ofLiteral("10.1.2.3")}, false, true);
        assertThatThrownBy(() -> knowing.require(ENDPOINT)).isInstanceOf(EndpointRefused.class);
    }

    @Test
    void everythingMayBeCalledWhereTheConfigurationSaysSo() throws Exception {
        EndpointGuard guard = new EndpointGuard(host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")}, true);
        assertThat(guard.check(Endpoint.of("http://localhost:8080/")).isLoopbackAddress())
                .isTrue();
    }

    private static EndpointGuard guard(String... addresses) {
        return new EndpointGuard(
                host -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new), false);
    }
}
