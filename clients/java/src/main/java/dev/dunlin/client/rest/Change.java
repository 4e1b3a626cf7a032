package dev.dunlin.client.rest;

/**
 * What an edit, a deletion or a reaction took from the channel's log.
 *
 * @param seq of the event
 * @param ts in milliseconds since 1970
 */
public record Change(long seq, long ts) {}
