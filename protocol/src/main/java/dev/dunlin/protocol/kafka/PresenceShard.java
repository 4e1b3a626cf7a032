package dev.dunlin.protocol.kafka;

import dev.dunlin.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The shards of presence. A shard is a partition of {@link Topics#SESSION_EVENTS}, a hash tag in
 * Redis and a channel of the bus.
 */
public final class PresenceShard {
    /** How many there are; changing it needs a rebuild of all. */
    public static final int COUNT = 64;

    private PresenceShard() {}

    /** The shard of a user, from 0: CRC-32 (RFC 1952) of the id, modulo {@link #COUNT}. */
    public static int of(UserId user) {
        CRC32 crc = new CRC32();
        crc.update(user.value().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % COUNT);
    }
}
