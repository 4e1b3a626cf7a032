package dev.dunlin.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What one user may do. */
@ConfigMapping(prefix = "dunlin.limits")
public interface LimitSettings {
    /** How many channels that this process has not seen lately a user may begin to write to in a minute, by REST: the first write creates a channel. More are refused with `rate_limited`. Back ends have no such bound. */
    @WithDefault("120")
    int freshChannelsPerMinute();
}
