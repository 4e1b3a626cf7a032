package dev.dunlin.connection.handshake;

import dev.dunlin.protocol.frame.Device;

/**
 * A client that asks for a link.
 *
 * @param device what the client says it runs on
 * @param auto whether the user's channels are subscribed at once
 * @param address the client's address
 */
public record Handshake(Credentials credentials, Device device, boolean auto, String address) {}
