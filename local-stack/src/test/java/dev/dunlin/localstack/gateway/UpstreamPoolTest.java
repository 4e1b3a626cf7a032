package dev.dunlin.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamPoolTest {
    private final Upstream first = Upstream.parse("127.0.0.1:1001:2001");
    private final Upstream second = Upstream.parse("127.0.0.1:1002:2002");
    private final UpstreamPool pool = new UpstreamPool(Role.CONNECTION, List.of(first, second));

    @Test
    void nodesAreUsedInTurn() {
        assertThat(pool.candidates()).containsExactly(first, second);
        assertThat(pool.candidates()).containsExactly(second, first);
        assertThat(pool.candidates()).containsExactly(first, second);
    }

    @Test
    void aNodeThatIsDownIsTheLastResort() {
        pool.markDown(first);

        assertThat(pool.candidates()).containsExactly(second, first);
        assertThat(pool.candidates()).containsExactly(second, first);
    }

    @Test
    void aUseIsReportedOnce() {
        assertThat(pool.wasUsed()).isFalse();
        pool.candidates();
        assertThat(pool.wasUsed()).isTrue();
        assertThat(pool.wasUsed()).isFalse();
    }

    @Test
    void onlyAChangeIsNews() {
        assertThat(pool.markUp(first)).isFalse();
        assertThat(pool.markDown(first)).isTrue();
        assertThat(pool.markDown(first)).isFalse();
        assertThat(pool.markUp(first)).isTrue();
    }
}
