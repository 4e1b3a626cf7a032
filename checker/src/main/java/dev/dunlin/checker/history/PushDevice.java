package dev.dunlin.checker.history;

import dev.dunlin.protocol.UserId;

/**
 * A device that the workload registered, once push-service had acknowledged that.
 *
 * @param name of the device; no other one has it
 * @param doomed whether its provider reports it as gone at some time
 */
public record PushDevice(String name, UserId user, boolean doomed) {}
