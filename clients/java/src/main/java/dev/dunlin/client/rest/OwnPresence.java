package dev.dunlin.client.rest;

import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;

/**
 * The caller's own presence.
 *
 * @param presence the real one, also of an invisible user
 * @param choice what the caller says of itself
 * @param visibleTo who sees it
 */
public record OwnPresence(UserPresence presence, StatusChoice choice, VisibleTo visibleTo) {}
