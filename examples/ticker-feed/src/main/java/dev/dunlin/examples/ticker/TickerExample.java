package dev.dunlin.examples.ticker;

import dev.dunlin.localstack.gateway.DevExample;
import dev.dunlin.protocol.Json;
import java.util.SplittableRandom;

/**
 * {@code POST /dev/ticker {"perSecond":100}}: prices for the ticker page. They go on for as long as
 * somebody repeats the request.
 */
public final class TickerExample implements DevExample {
    /** For the {@link java.util.ServiceLoader}. */
    public TickerExample() {}

    /** The body of a request. */
    record Wish(int perSecond) {
        Wish {
            if (perSecond < 0 || perSecond > TickerFeed.MOST_PER_SECOND) {
                throw new IllegalArgumentException(
                        "perSecond: " + perSecond + " is not in 0 to " + TickerFeed.MOST_PER_SECOND);
            }
        }
    }

    @Override
    public String name() {
        return "ticker";
    }

    @Override
    public Answer start(BackEnd backEnd) {
        TickerFeed feed = TickerFeed.start(backEnd, new SplittableRandom());
        return body -> feed.run(Json.read(body, Wish.class).perSecond());
    }
}
