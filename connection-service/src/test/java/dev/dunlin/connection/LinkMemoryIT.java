package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.LiveHeap;
import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.RawLink;
import dev.dunlin.engines.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Compares the live heap of a node with links and without them, after full collections, in a
 * process with production's object headers. Other users had as many links before, so what the first
 * links allocate permanently does not count. Nor do the entries of the verified tokens: there are
 * at most 20,000, and they outlive the links. {@code Entered} has the budget by owner.
 */
class LinkMemoryIT {
    /** Enough that what the process allocates meanwhile, such as metrics, adds little per link. */
    private static final int LINKS = 2_000;

    private static final int AT_ONCE = 100;
    private static final long MOST_BYTES = 1_520;
    /** In a channel that shows its subscribers; each link is a different user. */
    private static final long MOST_PRESENT_BYTES = 1_620;

    private static final int PONG = 0x8a;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(40);

    /** What a session and a user give back some seconds after the last frame. */
    private static final List<String> TRANSIENT =
            List.of("dev.dunlin.connection.rate.FrameRates", "dev.dunlin.connection.rate.UserRates$Buckets");

    /** The memory of verified tokens. */
    private static final List<String> TOKENS =
            List.of("dev.dunlin.edge.VerifiedTokens$Entry", "java.util.LinkedHashMap$Entry");

    @Test
    void idleLinkWithASessionAndASubscriptionFitsItsBudget() throws Exception {
        assertFits("quiet:budget", MOST_BYTES);
    }

    @Test
    void idleLinkThatItsChannelShowsFitsItsBudget() throws Exception {
        assertFits("room:budget", MOST_PRESENT_BYTES);
    }

    private static void assertFits(String channel, long mostBytes) throws Exception {
        try (PackagedNode node = PackagedNode.start(Map.of(
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseCompactObjectHeaders",
                "DUNLIN_LINK_HEARTBEAT",
                HEARTBEAT.toSeconds() + "s",
                "DUNLIN_HANDSHAKE_PER_SECOND",
                "100000"))) {
            node.peer().channel(channel);
            List<RawLink> visitors = open(node, channel, tokens("visitor-"));
            keepAlive(visitors);
            // a heartbeat, so that its buffers are allocated
            Awaitility.await().pollDelay(HEARTBEAT.plusSeconds(2)).until(() -> node.metric("dunlin_links") == LINKS);
            close(visitors);
            Awaitility.await().atMost(SETTLED_WITHIN).until(() -> node.metric("dunlin_links") == 0);
            List<String> tokens = tokens("listener-");
            for (int i = 0; i < 5; i++) { // what the measuring allocates permanently
                node.metric("dunlin_links");
                node.liveHeap();
            }
            LiveHeap without = settled(node, List.of()).except(TOKENS);

            List<RawLink> links = open(node, channel, tokens);
            LiveHeap with = settled(node, links).except(TOKENS);
            assertThat(node.metric("dunlin_links")).isEqualTo(LINKS);
            System.out.println("live heap of a link in " + channel + ": " + with.more(without, LINKS) + " bytes");
            assertThat(with.more(without, LINKS))
                    .as("live heap of a link, by class:%s", with.moreByClass(without, LINKS))
                    .isBetween(1_000L, mostBytes);
            close(links);
        }
    }

    private static List<String> tokens(String name) {
        return IntStream.range(0, LINKS)
                .parallel()
                .mapToObj(i -> TestTokens.user(name + i))
                .toList();
    }

    private static List<RawLink> open(PackagedNode node, String channel, List<String> tokens) throws Exception {
        URI uri = URI.create(node.http("/v1/ws?auto=false").toString().replace("http:", "ws:"));
        byte[] subscribe =
                ("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"" + channel + "\"}").getBytes(StandardCharsets.UTF_8);
        List<RawLink> links = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < tokens.size(); from += AT_ONCE) {
                List<Callable<RawLink>> some = tokens.subList(from, from + AT_ONCE).stream()
                        .<Callable<RawLink>>map(token -> () -> subscribed(uri, token, subscribe))
                        .toList();
                for (Future<RawLink> link : threads.invokeAll(some)) {
                    links.add(link.get());
                }
                keepAlive(links);
            }
        }
        return links;
    }

    private static RawLink subscribed(URI uri, String token, byte[] subscribe) throws IOException {
        RawLink link = RawLink.connect(uri, token);
        link.sendText(subscribe);
        assertThat(link.text()).contains("welcome");
        assertThat(link.text()).contains("subscribed");
        return link;
    }

    /**
     * The live heap once nothing of the handshakes and frames is left. A link is idle for longer
     * than a heartbeat between two of its pongs.
     */
    private static LiveHeap settled(PackagedNode node, List<RawLink> links) {
        return Awaitility.await()
                .atMost(SETTLED_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(links.isEmpty() ? 1 : 6))
                .until(
                        () -> {
                            keepAlive(links);
                            return node.liveHeap();
                        },
                        heap -> TRANSIENT.stream().noneMatch(heap::has));
    }

    private static void keepAlive(List<RawLink> links) throws IOException {
        for (RawLink link : links) {
            link.sendFrame(PONG, new byte[0]);
        }
    }

    private static void close(List<RawLink> links) throws IOException {
        for (RawLink link : links) {
            link.close();
        }
    }
}
