package dev.dunlin.checker.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.verdict.Promise;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats the lines of {@code --json} as a table in Markdown. */
public final class ResultsTable {
    private ResultsTable() {}

    /**
     * One row for each line, and a last row with the sums.
     *
     * @throws InvalidInput if a line is not JSON
     */
    public static List<String> of(List<String> lines) throws InvalidInput {
        List<String> table = new ArrayList<>();
        String promises = Arrays.stream(Promise.values()).map(Promise::text).collect(Collectors.joining(" | "));
        table.add(
                "| seed | store | minutes | strikes | acked | unknown | surfaced | resumes | longest without an ack | "
                        + promises + " |");
        table.add("|" + "---|".repeat(9 + Promise.values().length));
        long strikes = 0;
        long acked = 0;
        long unknown = 0;
        long surfaced = 0;
        long resumes = 0;
        Map<Promise, Long> broken = new EnumMap<>(Promise.class);
        for (String line : lines) {
            JsonNode result = Json.parse(line.getBytes(StandardCharsets.UTF_8));
            strikes += result.path("strikes").asLong();
            acked += result.path("acked").asLong();
            unknown += result.path("unknown").asLong();
            surfaced += result.path("surfaced").asLong();
            resumes += result.path("resumes").asLong();
            List<String> figures = new ArrayList<>();
            for (Promise promise : Promise.values()) {
                long count = result.path("violations").path(promise.text()).asLong();
                broken.merge(promise, count, Long::sum);
                figures.add(Long.toString(count));
            }
            table.add("| %s | %s | %.1f | %d | %d | %d | %d | %d | %.1f s | %s |"
                    .formatted(
                            result.path("seed").asText(),
                            result.path("store").asText(),
                            result.path("seconds").asLong() / 60.0,
                            result.path("strikes").asLong(),
                            result.path("acked").asLong(),
                            result.path("unknown").asLong(),
                            result.path("surfaced").asLong(),
                            result.path("resumes").asLong(),
                            result.path("longestWithoutAckMs").asLong() / 1000.0,
                            String.join(" | ", figures)));
        }
        table.add("| all | | | %d | %d | %d | %d | %d | | %s |"
                .formatted(
                        strikes,
                        acked,
                        unknown,
                        surfaced,
                        resumes,
                        Arrays.stream(Promise.values())
                                .map(promise -> Long.toString(broken.getOrDefault(promise, 0L)))
                                .collect(Collectors.joining(" | "))));
        return table;
    }
}
