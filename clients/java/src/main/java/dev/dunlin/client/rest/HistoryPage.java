package dev.dunlin.client.rest;

import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a channel's messages, oldest first.
 *
 * @param next the query of the page after this one; absent on the newest
 * @param prev the query of the page before this one; absent on the oldest
 */
public record HistoryPage(
        List<ServerFrame.Message> messages,
        @Nullable String next,
        @Nullable String prev) {}
