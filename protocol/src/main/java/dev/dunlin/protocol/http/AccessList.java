package dev.dunlin.protocol.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to an {@link AccessQuery}, in its order; null where the channel does not exist yet,
 * or there can be none, so that it has to be asked for by itself.
 */
public record AccessList(List<@Nullable ChannelAccess> answers) {}
