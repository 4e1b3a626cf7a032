package dev.dunlin.benchmark.million;

import dev.dunlin.benchmark.arrival.Arrivals;
import dev.dunlin.benchmark.arrival.Opening;
import dev.dunlin.benchmark.dialect.Dunlin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A process that holds links to one node. It reads the tokens of its users, one a line up to an
 * empty line, opens {@code LINKS_A_USER} links for each, and prints how many are subscribed. Then
 * it answers each line with the messages, pings and failures so far. It ends with its input.
 */
public final class ClientsMain {
    static final int LINKS_A_USER = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final byte[] MESSAGE = "{\"type\":\"message\"".getBytes(StandardCharsets.US_ASCII);

    private ClientsMain() {}

    /** {@code NODE CHANNEL LINKS RAMP}. */
    public static void main(String[] args) throws IOException {
        URI node = URI.create(args[0]);
        int links = Integer.parseInt(args[2]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        List<String> tokens = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            tokens.add(line);
        }
        Dunlin dialect = new Dunlin(user -> tokens.get(Integer.parseInt(user) / LINKS_A_USER));
        List<Opening> openings = IntStream.range(0, links)
                .mapToObj(i -> Opening.of(dialect, node, Integer.toString(i), List.of(args[1])))
                .toList();
        AtomicLong messages = new AtomicLong();
        try (Arrivals arrivals = new Arrivals(openings, (bytes, from, to) -> {
            if (isMessage(bytes, from, to)) {
                messages.incrementAndGet();
            }
        })) {
            arrivals.arrive(Integer.parseInt(args[3]), PATIENCE);
            System.out.println(arrivals.subscribed());
            while (in.readLine() != null) {
                System.out.println(messages.get() + " " + arrivals.pings() + " " + arrivals.failed());
            }
        }
    }

    private static boolean isMessage(byte[] bytes, int from, int to) {
        return to - from > MESSAGE.length
                && java.util.Arrays.equals(bytes, from, from + MESSAGE.length, MESSAGE, 0, MESSAGE.length);
    }
}
