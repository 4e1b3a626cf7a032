package dev.dunlin.benchmark.presence;

import java.util.List;

/** The raw figures of {@code presence.json}. */
final class PresenceFigures {
    private PresenceFigures() {}

    /**
     * What one phase took.
     *
     * @param what was done
     * @param count how often: connects, changes, heartbeats
     * @param seconds until all of it was applied
     * @param redisCommands that Redis carried out, scripts and what they call included
     * @param redisBytes to and from Redis
     * @param redisCpuMillis of Redis
     * @param presenceCpuMillis of presence-service
     * @param kafkaCpuMillis of Kafka
     * @param redisMemory by how many bytes the memory of Redis grew
     * @param published batches on the bus
     */
    record Phase(
            String what,
            long count,
            double seconds,
            long redisCommands,
            long redisBytes,
            double redisCpuMillis,
            double presenceCpuMillis,
            double kafkaCpuMillis,
            long redisMemory,
            long published) {}

    /** The whole file. */
    record File(
            String machine,
            String loadBefore,
            String loadAfter,
            List<String> arguments,
            int users,
            List<Phase> phases,
            List<Double> heardMillis) {}
}
