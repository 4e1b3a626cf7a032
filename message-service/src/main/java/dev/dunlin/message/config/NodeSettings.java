package dev.dunlin.message.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** This process. */
@ConfigMapping(prefix = "dunlin.node")
public interface NodeSettings {
    /**
     * How others address this process over the bus; a random one by default. Two processes must not
     * share one.
     */
    Optional<String> id();
}
