package dev.dunlin.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Which tokens count, beside what {@code mp.jwt.verify.*} says. */
@ConfigMapping(prefix = "dunlin.token")
public interface TokenSettings {
    /**
     * The longest life of a token of a user or a back end, from its {@code iat} to its {@code exp}.
     * A longer one is refused.
     */
    @WithDefault("24h")
    Duration maxLife();

    /** The same of the token that services show each other. */
    @WithDefault("744h")
    Duration maxInternalLife();

    /**
     * Accept tokens of every {@code iss}. Only where the keys sign for nothing but Dunlin; else set
     * mp.jwt.verify.issuer.
     */
    @WithDefault("false")
    boolean anyIssuer();

    /**
     * Accept tokens for every {@code aud}. Only where the issuer sets none; else set
     * mp.jwt.verify.audiences.
     */
    @WithDefault("false")
    boolean anyAudience();

    /**
     * Users whose sessions were ended within max-life, as a process remembers them. When there are
     * more, the oldest tenth gives way: all older tokens of everybody are refused.
     */
    @WithDefault("100000")
    int maxRevocations();
}
