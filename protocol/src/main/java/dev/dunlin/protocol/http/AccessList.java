package dev.dunlin.protocol.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to an {@link AccessQuery}, in its order. Null for a channel that must be asked for by
 * itself: it does not exist yet, or has no such answer.
 */
public record AccessList(List<@Nullable ChannelAccess> answers) {}
