package dev.dunlin.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may call {@code /internal}, and where. */
@ConfigMapping(prefix = "dunlin.internal")
public interface InternalAccess {
    /**
     * Whether /internal accepts the scope {@code server} beside {@code internal}, and on the public
     * port too: only while services of an earlier version are updated, see docs/operations.md.
     */
    @WithDefault("false")
    boolean acceptServerScope();
}
