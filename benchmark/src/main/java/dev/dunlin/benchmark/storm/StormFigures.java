package dev.dunlin.benchmark.storm;

import java.util.List;
import java.util.Map;

/** The raw figures of {@code storm.json}. */
final class StormFigures {
    private StormFigures() {}

    /**
     * The restart of one node.
     *
     * @param returned links that came back to the other node
     * @param seconds from the signal until the last link was welcomed again
     * @param busiest the part of them that came in the busiest half second
     * @param cpuMillis of each process meanwhile, over all links that returned
     */
    record Restart(String node, int returned, double seconds, double busiest, Map<String, Double> cpuMillis) {}

    /**
     * One run.
     *
     * @param broken holes, duplicates and refused resumes
     * @param behind links that do not have the last message
     * @param refused handshakes and subscriptions that a link repeated
     * @param repeated publishes that were repeated
     */
    record Run(
            String name,
            int links,
            List<Restart> restarts,
            long messages,
            long broken,
            long behind,
            long refused,
            int repeated,
            double longestOutageSeconds) {}

    /** The whole file. */
    record File(String machine, String loadBefore, String loadAfter, List<String> arguments, List<Run> runs) {}
}
