package dev.dunlin.connection.auth;

import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.UserId;

/**
 * Who a verified token is for, and what it allows beyond membership.
 *
 * @param issuedAt milliseconds since 1970
 * @param expiresAt milliseconds since 1970
 */
public record Identity(UserId user, TokenGrants grants, long issuedAt, long expiresAt) {}
