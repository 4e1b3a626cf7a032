package dev.dunlin.examples.ticker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;

/**
 * A price that wanders as prices do: by a random share of itself, and as far in a second whether in
 * ten steps or in a thousand.
 */
final class RandomWalk {
    /** Standard deviation of the logarithm after one second. */
    private static final double VOLATILITY = 0.000_6;
    /**
     * How much of the distance from its start a price loses in a second, so that it does not wander
     * off over a day.
     */
    private static final double HOMEWARD = 0.002;

    private final double start;
    private final int digits;
    private final RandomGenerator random;
    private double price;

    RandomWalk(double start, int digits, RandomGenerator random) {
        this.start = start;
        this.digits = digits;
        this.random = random;
        this.price = start;
    }

    /** The price after so many seconds more. */
    BigDecimal step(double seconds) {
        double home = Math.log(start / price) * HOMEWARD * seconds;
        price *= Math.exp(home + VOLATILITY * Math.sqrt(seconds) * random.nextGaussian());
        return BigDecimal.valueOf(price).setScale(digits, RoundingMode.HALF_EVEN);
    }
}
