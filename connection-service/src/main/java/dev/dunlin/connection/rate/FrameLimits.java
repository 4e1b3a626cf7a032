package dev.dunlin.connection.rate;

/**
 * The limits of what one client sends.
 *
 * @param maxFrameBytes of one transport message; longer ones are answered {@code too_large}
 * @param maxMessageBytes of {@code data}
 * @param publishPerSecond {@code MessageFrame}s, each second
 * @param framesPerSecond all other frames, each second
 * @param bytesPerSecond of all transport messages, each second
 */
public record FrameLimits(
        int maxFrameBytes, int maxMessageBytes, int publishPerSecond, int framesPerSecond, int bytesPerSecond) {
    public FrameLimits {
        if (maxMessageBytes < 1 || publishPerSecond < 1 || framesPerSecond < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "maxMessageBytes, publishPerSecond, framesPerSecond and bytesPerSecond must be 1 or more");
        }
        if (maxFrameBytes <= maxMessageBytes) {
            throw new IllegalArgumentException("maxFrameBytes must be more than maxMessageBytes");
        }
    }
}
