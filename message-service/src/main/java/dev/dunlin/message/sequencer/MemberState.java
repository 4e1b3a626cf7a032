package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.kafka.Role;

/** A member. {@code since} in milliseconds since 1970; {@code position} is the record that last changed it. */
public record MemberState(Role role, long since, LogPosition position) {}
