package dev.dunlin.edge.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a process knows of what stands before it. */
@ConfigMapping(prefix = "dunlin.http")
public interface HttpSettings {
    /** Whether a request's address is the last one in `X-Forwarded-For`: where a gateway stands before the process, and nobody gets past it. */
    @WithDefault("false")
    boolean forwardedFor();
}
