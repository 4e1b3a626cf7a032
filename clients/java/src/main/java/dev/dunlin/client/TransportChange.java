package dev.dunlin.client;

import dev.dunlin.client.transport.Transport;

/** A client goes, or is about to go, another way: a fallback, or the way back up. */
public record TransportChange(Transport from, Transport to, String why) {}
