package dev.dunlin.benchmark.swarm;

/** Who holds one link of a swarm, and the channel that it subscribes to. */
public record Member(String token, String channel) {}
