package dev.dunlin.presence.channel;

import dev.dunlin.protocol.ChannelName;

/** How many users are in a channel, with how many links. */
public record ChannelOccupancy(ChannelName channel, int users, int links) {}
