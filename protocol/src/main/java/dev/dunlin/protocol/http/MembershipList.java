package dev.dunlin.protocol.http;

import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/**
 * The channels of a user, for {@code welcome}; the most recently used come first.
 *
 * @param more whether the user has more channels than these
 */
public record MembershipList(List<ServerFrame.Membership> channels, boolean more) {
    public static final MembershipList NONE = new MembershipList(List.of());

    public MembershipList(List<ServerFrame.Membership> channels) {
        this(channels, false);
    }

    /** At most {@code most} of them. */
    public MembershipList atMost(int most) {
        return channels.size() <= most ? this : new MembershipList(channels.subList(0, most), true);
    }
}
