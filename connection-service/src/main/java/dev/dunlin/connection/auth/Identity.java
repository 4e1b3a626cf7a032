package dev.dunlin.connection.auth;

import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who a verified token is for, and what it allows beyond membership.
 *
 * @param issuedAt milliseconds since 1970
 * @param expiresAt milliseconds since 1970
 */
public record Identity(UserId user, TokenGrants grants, long issuedAt, long expiresAt) {
    /** By hand for the native image, and quick for one object: each check of access compares. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Identity that
                        && issuedAt == that.issuedAt
                        && expiresAt == that.expiresAt
                        && user.equals(that.user)
                        && grants.equals(that.grants));
    }

    @Override
    public int hashCode() {
        return 31 * user.hashCode() + Long.hashCode(issuedAt);
    }
}
