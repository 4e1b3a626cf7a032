package dev.dunlin.benchmark.websocket;

import dev.dunlin.benchmark.load.CurrentRound;
import dev.dunlin.benchmark.load.MessageIds;
import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.load.Round;
import dev.dunlin.benchmark.load.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The suite: publishers on one node, subscribers on another, each channel with one subscriber, so
 * that there is one delivery a message.
 */
public final class WebSocketTarget implements Target, AutoCloseable {
    private static final byte[] ERROR = "{\"type\":\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SUBSCRIBED = "{\"type\":\"subscribed\"".getBytes(StandardCharsets.US_ASCII);
    private static final String CHANNEL = "\"channel\":\"";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final List<Payload.Template> templates;
    private final LinkLoop publishers;
    private final LinkLoop subscribers;
    private final List<Link> links;
    private final Set<Link> written = new HashSet<>();
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final LongAdder lost = new LongAdder();
    private final CurrentRound round = new CurrentRound();

    /**
     * What is opened.
     *
     * @param channels their names
     * @param dataBytes of a message
     */
    public record Plan(String name, List<String> channels, int publishers, int subscribers, int dataBytes) {
        public Plan {
            channels = List.copyOf(channels);
        }
    }

    /** Opens all links and subscribes. Blocks. {@code token} makes the token of a user. */
    public WebSocketTarget(Plan plan, URI publishAt, URI subscribeAt, UnaryOperator<String> token)
            throws IOException, InterruptedException {
        this.name = plan.name();
        this.templates = plan.channels().stream()
                .map(channel -> Payload.publish(channel, plan.dataBytes()))
                .toList();
        this.publishers = new LinkLoop("acks-" + name, new Acks());
        this.subscribers = new LinkLoop("deliveries-" + name, new Deliveries());
        for (int i = 0; i < plan.publishers(); i++) {
            publishers.add(Link.open(publishAt, token.apply("publisher-" + i)));
        }
        for (int i = 0; i < plan.subscribers(); i++) {
            subscribers.add(Link.open(subscribeAt, token.apply("subscriber-" + i)));
        }
        subscribe(plan.channels());
        this.links = publishers.links();
    }

    /** Asks until all is confirmed: a cold service on a busy machine may refuse some at first. */
    private void subscribe(List<String> channels) throws IOException, InterruptedException {
        List<Link> listening = subscribers.links();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (subscribed.size() < channels.size()) {
            if (System.nanoTime() > end) {
                close();
                throw new IOException("of the subscriptions of " + name + " only " + subscribed.size()
                        + " were confirmed in " + PATIENCE.toSeconds() + " s");
            }
            for (int i = 0; i < channels.size(); i++) {
                if (!subscribed.contains(channels.get(i))) {
                    listening
                            .get(i % listening.size())
                            .send("{\"type\":\"subscribe\",\"ref\":\"%s\",\"channel\":\"%s\"}"
                                    .formatted(channels.get(i), channels.get(i))
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
            for (int i = 0; i < 50 && subscribed.size() < channels.size(); i++) {
                Thread.sleep(100);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void begin(Round next) {
        round.begin(next);
    }

    @Override
    public void send(int index) {
        Link link = links.get(index % links.size());
        link.add(templates.get(index % templates.size()).with(round.require().number(), index));
        written.add(link);
    }

    @Override
    public void flush() {
        written.forEach(Link::flush);
        written.clear();
    }

    /** Links that were lost. */
    public long lost() {
        return lost.sum();
    }

    @Override
    public void close() throws IOException {
        publishers.close();
        subscribers.close();
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
        return to - from >= start.length
                && java.util.Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    private static String channel(String frame) {
        int from = frame.indexOf(CHANNEL) + CHANNEL.length();
        return frame.substring(from, frame.indexOf('"', from));
    }

    private abstract class Side implements LinkLoop.Texts {
        @Override
        public void quiet(Link link) {}

        @Override
        public void lost(Link link, String reason) {
            lost.increment();
            System.err.println("a link of " + name + " was lost: " + reason);
        }

        /** Every id in a text, which may be an array of frames. */
        void ids(byte[] bytes, int from, int to, CurrentRound.Arrival arrival) {
            long nanos = System.nanoTime();
            for (int at = MessageIds.find(bytes, from, to); at >= 0; at = MessageIds.find(bytes, at, to)) {
                round.note(bytes, at, nanos, arrival);
            }
        }
    }

    private final class Acks extends Side {
        @Override
        public void text(Link link, byte[] bytes, int from, int to) {
            if (startsWith(bytes, from, to, ERROR)) {
                round.ifBegun(Round::refused);
            } else {
                ids(bytes, from, to, Round::acked);
            }
        }
    }

    private final class Deliveries extends Side {
        @Override
        public void text(Link link, byte[] bytes, int from, int to) {
            if (startsWith(bytes, from, to, SUBSCRIBED)) {
                subscribed.add(channel(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
            } else {
                ids(bytes, from, to, Round::delivered);
            }
        }
    }
}
