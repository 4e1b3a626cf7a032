package dev.dunlin.examples.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RandomWalkTest {
    @Test
    void aPriceHasTheDigitsOfItsKind() {
        BigDecimal price = new RandomWalk(1.0842, 5, new SplittableRandom(1)).step(0.1);

        assertThat(price.scale()).isEqualTo(5);
        assertThat(price).isBetween(new BigDecimal("1.07"), new BigDecimal("1.09"));
    }

    @Test
    void itWandersAsFarInASecondWhetherInFewStepsOrInMany() {
        double few = spread(1);
        double many = spread(100);

        assertThat(many / few).isBetween(0.8, 1.25);
    }

    @Test
    void afterADayItIsStillNearItsStart() {
        RandomWalk walk = new RandomWalk(100, 4, new SplittableRandom(3));
        double[] prices = DoubleStream.generate(() -> walk.step(1).doubleValue())
                .limit(86_400)
                .toArray();

        assertThat(DoubleStream.of(prices).min().orElseThrow()).isGreaterThan(90);
        assertThat(DoubleStream.of(prices).max().orElseThrow()).isLessThan(110);
        assertThat(DoubleStream.of(prices).distinct().count()).isGreaterThan(1_000);
    }

    /** The standard deviation of the price after one second, in so many steps. */
    private static double spread(int steps) {
        SplittableRandom random = new SplittableRandom(2);
        double[] ends = new double[2_000];
        for (int i = 0; i < ends.length; i++) {
            RandomWalk walk = new RandomWalk(10_000, 4, random);
            for (int step = 0; step < steps; step++) {
                ends[i] = walk.step(1.0 / steps).doubleValue();
            }
        }
        double mean = DoubleStream.of(ends).average().orElseThrow();
        return Math.sqrt(DoubleStream.of(ends)
                .map(end -> (end - mean) * (end - mean))
                .average()
                .orElseThrow());
    }
}
