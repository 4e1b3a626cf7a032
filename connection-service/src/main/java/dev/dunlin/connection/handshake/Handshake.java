package dev.dunlin.connection.handshake;

/**
 * A client that asks for a link.
 *
 * @param auto whether the user's channels are subscribed at once
 * @param address the client's address
 */
public record Handshake(Credentials credentials, boolean auto, String address) {}
