package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.kafka.Role;

/**
 * A member.
 *
 * @param since milliseconds since 1970
 * @param joined the seq of its own {@code member_joined}; 0 for a member since the creation
 * @param blocks in a direct channel, whether it blocks the other
 * @param position the record that last changed it
 */
public record MemberState(Role role, long since, long joined, boolean blocks, LogPosition position) {
    /** A member since the creation who blocks nobody. */
    public MemberState(Role role, long since, LogPosition position) {
        this(role, since, 0, false, position);
    }
}
