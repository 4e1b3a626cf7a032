package dev.dunlin.localstack.gateway;

import io.vertx.core.http.HttpServerRequest;

/**
 * {@code POST /dev/ticker {"perSecond":100}}: prices for the ticker page, as some back end would publish them. They go on for as long
 * as somebody repeats the wish.
 */
final class DevTicker {
    static final String PATH = "/dev/ticker";

    private final TickerFeed feed;

    DevTicker(TickerFeed feed) {
        this.feed = feed;
    }

    /** What is asked. */
    record Wish(int perSecond) {
        Wish {
            if (perSecond < 0 || perSecond > TickerFeed.MOST_PER_SECOND) {
                throw new IllegalArgumentException(
                        "perSecond: " + perSecond + " is not in 0 to " + TickerFeed.MOST_PER_SECOND);
            }
        }
    }

    void handle(HttpServerRequest request) {
        DevRequests.answer(request, Wish.class, wish -> feed.run(wish.perSecond()));
    }
}
