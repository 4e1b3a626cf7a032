package dev.dunlin.client.rest;

/** The outcome of a publish by REST. {@code again} if the same id had been published before: then nothing new happened. */
public record Published(long seq, boolean again) {}
