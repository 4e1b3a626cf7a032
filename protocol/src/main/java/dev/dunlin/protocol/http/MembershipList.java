package dev.dunlin.protocol.http;

import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/** The channels of a user, for {@code welcome}. */
public record MembershipList(List<ServerFrame.Membership> channels) {}
