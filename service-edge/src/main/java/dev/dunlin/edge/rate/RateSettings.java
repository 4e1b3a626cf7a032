package dev.dunlin.edge.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much one address and one user may ask of a process. Back ends (scope `server`) and the other
 * services are not bounded.
 */
@ConfigMapping(prefix = "dunlin.rate")
public interface RateSettings {
    /**
     * Requests and handshakes from one address that a process takes each second, before it looks at
     * their tokens; more are refused with 429.
     */
    @WithDefault("200")
    int perAddress();

    /** The same at once, after a pause. */
    @WithDefault("1000")
    int perAddressBurst();

    /** REST requests of one user that a process takes each second; more are refused with 429. */
    @WithDefault("100")
    int perUser();

    /** The same at once, after a pause. */
    @WithDefault("300")
    int perUserBurst();

    /**
     * The most addresses that are counted one by one, and the most users; further ones share one
     * rate until others have been quiet.
     */
    @WithDefault("100000")
    int keys();
}
