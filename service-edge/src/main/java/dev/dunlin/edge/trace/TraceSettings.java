package dev.dunlin.edge.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which messages the services log. */
@ConfigMapping(prefix = "dunlin.trace")
public interface TraceSettings {
    /**
     * The share of messages whose steps are logged, from 0 to 1. The trace id decides, so that all
     * services with the same share log the same messages.
     */
    @WithDefault("0")
    double sample();
}
