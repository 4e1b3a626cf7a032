package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import java.util.Set;

/**
 * How users are related to the viewer of a {@link RelationsQuery}. A user can be in several sets.
 *
 * @param contacts who shares a direct channel with the viewer
 * @param members who shares a channel that only members read
 * @param blocking who blocks the viewer
 */
public record Relations(Set<UserId> contacts, Set<UserId> members, Set<UserId> blocking) {}
