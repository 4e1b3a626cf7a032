package dev.dunlin.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may call {@code /internal}. */
@ConfigMapping(prefix = "dunlin.internal")
public interface InternalAccess {
    /** Whether /internal accepts the scope {@code server} beside {@code internal}: only while the service token is replaced, see docs/operations.md. */
    @WithDefault("false")
    boolean acceptServerScope();
}
