package dev.dunlin.benchmark.websocket;

import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Turn;
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
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that clients reach over WebSockets: publishers on one node, subscribers on another. Each
 * channel has one subscriber, so there is one delivery a message. Owned by the benchmark that opens
 * it; {@link #close} cuts every link.
 */
public final class WebSocketTarget implements Target, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 200_000_000;

    private final Plan plan;
    private final byte[] beforeId;
    private final List<Payload.Template> templates;
    private final LinkLoop publishers;
    private final LinkLoop subscribers;
    private final List<Link> links;
    private final Set<Link> written = new HashSet<>();
    private final LongAdder lost = new LongAdder();
    private final CurrentRound round = new CurrentRound();

    /**
     * What is opened. Channel {@code i} is published to by publisher {@code i} modulo their number,
     * which divides the number of channels.
     *
     * @param channels their names
     * @param dataBytes of a message
     */
    public record Plan(
            String name, Dialect dialect, List<String> channels, int publishers, int subscribers, int dataBytes) {
        public Plan {
            channels = List.copyOf(channels);
            if (channels.size() % publishers != 0 && publishers % channels.size() != 0) {
                throw new IllegalArgumentException(publishers + " publishers do not divide " + channels.size());
            }
        }
    }

    /** Opens all links and subscribes. Blocks. */
    public WebSocketTarget(Plan plan, URI publishAt, URI subscribeAt) throws IOException {
        this.plan = plan;
        this.beforeId = plan.dialect().beforeId().getBytes(StandardCharsets.US_ASCII);
        this.templates = plan.channels().stream()
                .map(channel -> plan.dialect().publish(channel, plan.dataBytes()))
                .toList();
        this.publishers = new LinkLoop("acks-" + plan.name(), new Acks());
        this.subscribers = new LinkLoop("deliveries-" + plan.name(), new Deliveries());
        try {
            for (int i = 0; i < plan.publishers(); i++) {
                publishers.add(publisher(i, publishAt));
            }
            for (int i = 0; i < plan.subscribers(); i++) {
                subscribers.add(subscriber(i, subscribeAt));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        this.links = publishers.links();
    }

    private Link publisher(int number, URI node) throws IOException {
        String user = "publisher-" + number;
        Link link = open(user, node);
        for (int channel = number; channel < plan.channels().size(); channel += plan.publishers()) {
            talk(link, plan.dialect().beforePublishing(user, plan.channels().get(channel)));
        }
        return link;
    }

    private Link subscriber(int number, URI node) throws IOException {
        String user = "subscriber-" + number;
        Link link = open(user, node);
        for (int channel = number; channel < plan.channels().size(); channel += plan.subscribers()) {
            talk(link, plan.dialect().subscribe(user, plan.channels().get(channel)));
        }
        return link;
    }

    private Link open(String user, URI node) throws IOException {
        Link link = Link.open(node, plan.dialect().upgrade(user));
        talk(link, plan.dialect().greeting(user));
        return link;
    }

    private static void talk(Link link, List<Turn> turns) throws IOException {
        for (Turn turn : turns) {
            ask(link, turn);
        }
    }

    /** Asks until it is answered: a cold service on a busy machine may refuse at first. */
    private static void ask(Link link, Turn turn) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean[] answered = new boolean[1];
        while (!answered[0]) {
            if (!turn.say().isEmpty()) {
                link.send(turn.say().getBytes(StandardCharsets.UTF_8));
            }
            boolean heard = link.await(
                    text -> {
                        answered[0] |= turn.isAnsweredBy(text);
                        return answered[0] || turn.isRefusedBy(text);
                    },
                    turn.refused().isEmpty() ? PATIENCE : ANSWER);
            if (!answered[0]) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException(
                            (heard ? "refused for " : "no answer for ") + PATIENCE.toSeconds() + " s: " + turn.say());
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public String name() {
        return plan.name();
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

    private abstract class Side implements LinkLoop.Texts {
        private final CurrentRound.Arrival arrival;

        Side(CurrentRound.Arrival arrival) {
            this.arrival = arrival;
        }

        @Override
        public void quiet(Link link) {}

        @Override
        public void lost(Link link, String reason) {
            lost.increment();
            System.err.println("a link of " + plan.name() + " was lost: " + reason);
        }

        /** Notes every id in a text, which may be an array of frames. */
        @Override
        public void text(Link link, byte[] bytes, int from, int to) {
            long nanos = System.nanoTime();
            int at = MessageIds.find(beforeId, bytes, from, to);
            if (at < 0) {
                other(link, new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
            for (; at >= 0; at = MessageIds.find(beforeId, bytes, at, to)) {
                round.note(bytes, at, nanos, arrival);
            }
        }

        void other(Link link, String text) {
            plan.dialect().pong(text).ifPresent(pong -> link.send(pong.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private final class Acks extends Side {
        Acks() {
            super(Round::acked);
        }

        @Override
        public void text(Link link, byte[] bytes, int from, int to) {
            Dialect.Refusals refusals = refusals(bytes, from, to);
            if (refusals.all() > 0) {
                round.ifBegun(current -> current.refused(refusals.all(), refusals.overloaded()));
            }
            if (refusals.all() == 0 || bytes[from] == '[') {
                super.text(link, bytes, from, to);
            }
        }

        private Dialect.Refusals refusals(byte[] bytes, int from, int to) {
            return plan.dialect().refusals(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private final class Deliveries extends Side {
        Deliveries() {
            super(Round::delivered);
        }
    }
}
