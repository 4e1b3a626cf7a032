package dev.dunlin.protocol.http;

import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;

/** The answer of {@code GET /v1/presence}, in the order of the query. */
public record PresenceList(List<UserPresence> users) {}
