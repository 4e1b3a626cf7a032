package dev.dunlin.message.config;

import dev.dunlin.message.store.StoreKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Where the log is stored. */
@ConfigMapping(prefix = "dunlin.store")
public interface StoreSettings {
    /**
     * The engine: {@code postgres} or {@code cassandra}. What belongs to the other one stays off.
     */
    @WithParentName
    @WithDefault("postgres")
    StoreKind kind();
}
