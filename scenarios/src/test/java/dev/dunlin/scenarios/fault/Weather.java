package dev.dunlin.scenarios.fault;

import java.time.Duration;

/**
 * How bytes travel in one direction of every link.
 *
 * @param latency of each chunk
 * @param jitter at most so much more, at random; chunks keep their order
 * @param bytesPerSecond how many get through on one link; 0 for all
 * @param slice the most bytes that go on in one write, so that whoever reads meets every boundary
 */
public record Weather(Duration latency, Duration jitter, int bytesPerSecond, int slice) {
    /** Nothing in the way. */
    public static final Weather CLEAR = new Weather(Duration.ZERO, Duration.ZERO, 0, Integer.MAX_VALUE);

    /** The same with this latency. */
    public Weather delayed(Duration time, Duration random) {
        return new Weather(time, random, bytesPerSecond, slice);
    }

    /** The same with a bound of its bandwidth. */
    public Weather throttled(int bytes) {
        return new Weather(latency, jitter, bytes, slice);
    }

    /** The same in small pieces. */
    public Weather sliced(int bytes) {
        return new Weather(latency, jitter, bytesPerSecond, bytes);
    }
}
