package dev.dunlin.connection.handshake;

/**
 * One who asks to get in.
 *
 * @param auto    whether the user's channels are subscribed at once
 * @param address where the request comes from
 */
public record Handshake(Credentials credentials, boolean auto, String address) {}
