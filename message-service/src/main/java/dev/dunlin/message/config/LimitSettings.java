package dev.dunlin.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of one user. Back ends have none. */
@ConfigMapping(prefix = "dunlin.limits")
public interface LimitSettings {
    /**
     * The most channels of members that a user creates in a day (UTC); direct channels do not
     * count. Not enforced while Redis is unreachable.
     */
    @WithDefault("100")
    int groupsPerDay();

    /**
     * How often others add a user to a channel in a day (UTC), at most. Not enforced while Redis is
     * unreachable.
     */
    @WithDefault("200")
    int membershipsPerDay();

    /** The most users that a user blocks. */
    @WithDefault("1000")
    int blocks();

    /**
     * How many publishes, edits, deletes and reactions of a user message-service accepts each
     * second over REST. Those that came over links count too.
     */
    @WithDefault("500")
    int publishesPerSecond();

    /**
     * How many channels that this process has not seen lately a user may begin to write to in a
     * minute over REST, since the first write creates a channel; blocks in direct channels count.
     * More are refused with `rate_limited`. Back ends have no such limit.
     */
    @WithDefault("120")
    int freshChannelsPerMinute();
}
