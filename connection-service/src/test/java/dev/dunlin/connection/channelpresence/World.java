package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Some nodes with one store and one bus, in a time that moves by hand. */
final class World {
    static final ChannelName ROOM = new ChannelName("room:lobby");
    static final Duration GRACE = Duration.ofSeconds(10);
    static final int LISTED = 4;
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int OUTBOX_BYTES = 8_000;

    final ManualLoop loop = new ManualLoop();
    final Wire wire = new Wire(loop);
    final PartStore store;
    private final ChannelAccess access;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Client> clients = new HashMap<>();
    private int lives;
    private int said;
    private int sessions;

    World(PresenceMode mode, boolean durable, boolean last) {
        this.store = new MemoryPartStore(loop);
        this.access = new ChannelAccess(
                ROOM, durable, false, false, null, 0, 0, 100, true, true, false, false, 1, mode, last, null);
        for (int i = 0; i < 3; i++) {
            nodes.add(new Node());
        }
    }

    MemoryPartStore memory() {
        return (MemoryPartStore) store;
    }

    /** One process. */
    final class Node {
        final NodeId life = new NodeId("node." + lives++);
        final CountingMetrics metrics = new CountingMetrics();
        final ProcessStore process = new ProcessStore(store);
        final Bus bus = wire.bus();
        final BusSubscriptions subscriptions = new BusSubscriptions(bus, metrics);
        final ChannelPresence presence = new ChannelPresence(
                loop,
                bus,
                subscriptions,
                process,
                new Directory(),
                life,
                () -> Instant.ofEpochMilli(1_000_000_000_000L).plusNanos(loop.nanos()),
                new Random(lives),
                new ChannelPresence.Limits(GRACE, LISTED),
                metrics);
        boolean alive = true;

        Node() {
            memory().lease(life, true);
            wire.connect(subscriptions);
            presence.start();
            loop.every(Duration.ofSeconds(5), this::renew);
        }

        private void renew() {
            if (alive) {
                memory().lease(life, true);
                presence.lapsed();
            }
        }

        void kill() {
            alive = false;
            process.die();
            wire.disconnect(subscriptions);
            loop.after(Duration.ofSeconds(15), () -> memory().lease(life, false));
        }
    }

    private final class Directory implements ChannelDirectory {
        @Override
        public CompletionStage<ChannelAccess> access(ChannelName channel, Identity identity) {
            return CompletableFuture.completedStage(access);
        }

        @Override
        public CompletionStage<MembershipList> memberships(UserId user) {
            return CompletableFuture.completedStage(MembershipList.NONE);
        }
    }

    /** A client with its subscription, and what is true of it. */
    final class Client {
        final Node node;
        final TestSession session;
        final String user;
        boolean there;

        @Nullable
        Integer data;

        boolean follows;
        boolean counts;

        Client(Node node, String user) {
            this.node = node;
            this.user = user;
            this.session = new TestSession(ROOM, user, sessions++, loop, OUTBOX_BYTES);
        }

        private void send(ClientFrame.ChannelPresenceFrame frame) {
            node.presence.handle(session.session(), Optional.of(session), frame);
            settle();
        }

        void enter() {
            there = true;
            data = said++;
            send(new ClientFrame.Enter(Ref.of(1), ROOM, IntNode.valueOf(data)));
        }

        void leave() {
            there = false;
            data = null;
            send(new ClientFrame.Leave(Ref.of(1), ROOM));
        }

        void follow() {
            follows = true;
            send(new ClientFrame.PresenceSync(Ref.of(2), ROOM, null));
        }

        void unfollow() {
            follows = false;
            send(new ClientFrame.PresenceSync(Ref.of(3), ROOM, false));
        }

        void signal(JsonNode data) {
            node.presence.signalled(Optional.of(session), new ClientFrame.Signal(ROOM, data));
            settle();
        }

        void count() {
            counts = true;
            node.presence.wantsOccupancy(session, true);
            settle();
        }

        void uncount() {
            counts = false;
            node.presence.wantsOccupancy(session, false);
            settle();
        }
    }

    Node node(int which) {
        return nodes.get(which % nodes.size());
    }

    @Nullable
    Client client(int which) {
        return clients.get(which);
    }

    Client subscribe(int which, String user) {
        Client client = new Client(node(which), user);
        client.there = access.shown() != PresenceMode.MEMBERS;
        clients.put(which, client);
        client.node.presence.answered(access);
        client.node.presence.began(client.session);
        settle();
        return client;
    }

    void end(int which, boolean linkClosed) {
        Client client = clients.remove(which);
        if (client != null) {
            client.session.end();
            loop.execute(() -> client.node.presence.ended(client.session, linkClosed));
            settle();
        }
    }

    /** The process dies, and another takes its place. */
    void kill(int which) {
        Node dead = node(which);
        dead.kill();
        clients.values().removeIf(client -> client.node == dead);
        nodes.set(which % nodes.size(), new Node());
    }

    /** A moment, so that no two things are said at the same time. */
    void settle() {
        loop.pass(Duration.ofMillis(1));
    }

    void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
            loop.pass(STEP);
        }
    }

    /** Everything works again, for as long as it takes. */
    void heal() {
        memory().unreachable(false);
        memory().losesAnswers(false);
        wire.unreachable(false);
        wire.lose(0);
        clients.values().forEach(client -> {
            client.session.granted(true);
            client.session.drain();
        });
        pass(Duration.ofSeconds(45));
        clients.values().stream()
                .filter(client -> client.follows && client.session.refused())
                .forEach(Client::follow); // as the error says
        pass(Duration.ofSeconds(45));
    }

    List<Client> clients() {
        return List.copyOf(clients.values());
    }

    /** User -> what the user said last, as it should be. */
    Map<String, String> truth() {
        Map<String, Integer> newest = new HashMap<>();
        clients.values().stream()
                .filter(client -> client.there)
                .forEach(client -> newest.merge(client.user, client.data == null ? -1 : client.data, Math::max));
        Map<String, String> truth = new HashMap<>();
        newest.forEach((user, data) -> truth.put(user, data < 0 ? "" : data.toString()));
        return truth;
    }

    /** The users and links that should be counted. */
    String occupancy() {
        long links = clients.values().stream().filter(client -> client.there).count();
        return truth().size() + "/" + links;
    }
}
