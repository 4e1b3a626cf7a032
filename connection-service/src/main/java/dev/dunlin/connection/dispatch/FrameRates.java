package dev.dunlin.connection.dispatch;

import dev.dunlin.connection.publish.TokenBucket;
import java.time.InstantSource;

/** How much one session sends. Made with its first frame: a link that only listens has none. On the session's loop only. */
final class FrameRates {
    private final TokenBucket publishes;
    private final TokenBucket others;
    private final TokenBucket bytes;
    private final TokenBucket patience;

    FrameRates(FrameLimits limits, InstantSource clock) {
        this.publishes = new TokenBucket(limits.publishPerSecond(), clock);
        this.others = new TokenBucket(limits.framesPerSecond(), clock);
        this.bytes = new TokenBucket(limits.bytesPerSecond(), clock);
        this.patience = new TokenBucket(limits.framesPerSecond(), clock);
    }

    /** 0, or after how many milliseconds one more publish is taken. */
    long publish() {
        return publishes.take();
    }

    /** 0, or after how many milliseconds one more of the other frames is taken. */
    long other() {
        return others.take();
    }

    /** 0, or after how many milliseconds the next message is taken; a message may use more than there is, and the next ones wait for it. */
    long bytes(int count) {
        return bytes.spend(count);
    }

    /** Whether a client that is refused goes on as if it were not. */
    boolean abused() {
        return patience.take() > 0;
    }
}
