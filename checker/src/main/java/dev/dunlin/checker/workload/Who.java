package dev.dunlin.checker.workload;

import dev.dunlin.protocol.UserId;

/** A user of the workload. {@code server}: a back end, which may publish everywhere. */
public record Who(UserId user, boolean server) {}
