package dev.dunlin.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What one user may do. Back ends are not bounded. */
@ConfigMapping(prefix = "dunlin.limits")
public interface LimitSettings {
    /** The most channels of members that a user creates a day (UTC); direct channels do not count. While Redis is unreachable it is not kept. */
    @WithDefault("100")
    int groupsPerDay();

    /** The most memberships of a user that others make a day (UTC). While Redis is unreachable it is not kept. */
    @WithDefault("200")
    int membershipsPerDay();

    /** The most users that a user blocks. */
    @WithDefault("1000")
    int blocks();

    /** How many publishes, edits, deletes and reactions of a user message-service takes each second over REST, those that came over links counted with them. */
    @WithDefault("500")
    int publishesPerSecond();

    /** How many channels that this process has not seen lately a user may begin to write to in a minute, by REST: the first write creates a channel. More are refused with `rate_limited`. Back ends have no such bound. */
    @WithDefault("120")
    int freshChannelsPerMinute();
}
