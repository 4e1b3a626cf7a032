package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.ChannelName;

/** The channels of a namespace are listed in so many partitions, so that none holds all of them. */
final class Namespace {
    static final int SHARDS = 64;

    private Namespace() {}

    /** The hash of a string is fixed by the language's specification. */
    static int shardOf(ChannelName channel) {
        return Math.floorMod(channel.value().hashCode(), SHARDS);
    }
}
