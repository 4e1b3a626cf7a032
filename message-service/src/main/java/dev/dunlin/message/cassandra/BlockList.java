package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a user blocks: read once, when it is first needed. One thread; blocks. */
final class BlockList {
    private final BlockTable blocks;
    private final UserId user;
    private @Nullable Set<String> blocked;

    BlockList(BlockTable blocks, UserId user) {
        this.blocks = blocks;
        this.user = user;
    }

    /** {@code other} is null in mentions of older versions, whose sender is not known. */
    boolean contains(@Nullable String other) {
        Set<String> known = blocked;
        if (known == null) {
            known = blocks.all(user);
            blocked = known;
        }
        return other != null && known.contains(other);
    }
}
