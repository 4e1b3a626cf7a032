package dev.dunlin.presence.visibility;

import dev.dunlin.protocol.frame.VisibleTo;

/**
 * How a user is related to a viewer.
 *
 * @param contact whether they share a direct channel
 * @param member whether they share a channel of members
 * @param blocking whether the user blocks the viewer
 */
record Relation(boolean contact, boolean member, boolean blocking) {
    /** Whether the viewer sees a user who is visible to these. */
    boolean sees(VisibleTo visibleTo) {
        return !blocking
                && switch (visibleTo) {
                    case EVERYONE -> true;
                    case MEMBERS -> contact || member;
                    case CONTACTS -> contact;
                    case NOBODY -> false;
                };
    }
}
