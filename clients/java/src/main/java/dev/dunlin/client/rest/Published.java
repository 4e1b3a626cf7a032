package dev.dunlin.client.rest;

/**
 * The outcome of a publish by REST.
 *
 * @param seq of the message
 * @param ts in milliseconds since 1970
 * @param again if the same id had been published before: then nothing new happened
 */
public record Published(long seq, long ts, boolean again) {}
