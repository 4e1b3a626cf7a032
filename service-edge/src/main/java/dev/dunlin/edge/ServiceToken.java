package dev.dunlin.edge;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** The credential for calls to other services. */
@ConfigMapping(prefix = "dunlin.service-token")
public interface ServiceToken {
    /**
     * A file with a JWT of scope {@code internal}, from the same issuer as everybody's. It is read
     * again when it changes.
     */
    Path file();
}
