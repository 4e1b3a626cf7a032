package dev.dunlin.edge.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a process speaks HTTP, and what it knows of what stands before it. */
@ConfigMapping(prefix = "dunlin.http")
public interface HttpSettings {
    /**
     * Whether a request's address is the last one in `X-Forwarded-For`: where a gateway stands
     * before the process, and nobody gets past it.
     */
    @WithDefault("false")
    boolean forwardedFor();

    /** Whether the port without TLS speaks HTTP/2 too, by prior knowledge or upgrade. */
    @WithDefault("false")
    boolean h2c();
}
