package dev.dunlin.benchmark.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.benchmark.process.Histogram;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {
    @Test
    void anArrayBelongsToTheOwnerOfItsElements() {
        assertThat(Owner.of("[Lio.netty.util.DefaultAttribute;")).isEqualTo(Owner.NETTY);
        assertThat(Owner.of("[[Ldev.dunlin.connection.link.Link;")).isEqualTo(Owner.DUNLIN);
        assertThat(Owner.of("io.quarkus.arc.Arc")).isEqualTo(Owner.VERTX);
        assertThat(Owner.of("[B")).isEqualTo(Owner.OTHER);
        assertThat(Owner.of("java.lang.String")).isEqualTo(Owner.OTHER);
    }

    @Test
    void theSumOfTheOwnersIsTheGrowthOfTheHeap() {
        Histogram none = new Histogram(Map.of("[B", 1_000L, "io.netty.X", 100L));
        Histogram all = new Histogram(Map.of("[B", 3_000L, "io.netty.X", 1_100L, "dev.dunlin.Y", 500L));
        assertThat(Owner.more(all, none, 10))
                .containsExactly(
                        Map.entry("Netty", 100.0),
                        Map.entry("Vert.x, Quarkus", 0.0),
                        Map.entry("Dunlin", 50.0),
                        Map.entry("JDK and others", 200.0));
    }
}
