package dev.dunlin.edge.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    void networkOfIpv6CountsAsOneAddress() {
        assertThat(ClientAddress.counted("2001:db8:1:2::3"))
                .isEqualTo(ClientAddress.counted("2001:db8:1:2:ffff::1"))
                .isNotEqualTo(ClientAddress.counted("2001:db8:1:3::3"));
    }

    @Test
    void portIsLeftOutAndIpv4InIpv6IsIpv4() {
        for (String same : new String[] {"203.0.113.7:50123", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]:50123"}) {
            assertThat(ClientAddress.counted(same)).as(same).isEqualTo("203.0.113.7");
        }
        assertThat(ClientAddress.counted("[2001:db8:1:2::3]:443"))
                .isEqualTo(ClientAddress.counted("2001:db8:1:2::3"))
                .endsWith("/64");
    }

    @Test
    void addressOfIpv4IsItselfAndNothingIsLong() {
        assertThat(ClientAddress.counted("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(ClientAddress.counted("x".repeat(5_000))).hasSizeLessThan(100);
    }
}
