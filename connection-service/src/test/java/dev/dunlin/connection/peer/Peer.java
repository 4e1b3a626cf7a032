package dev.dunlin.connection.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.AccessList;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.http.HeadsQuery;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.MembershipsOfMany;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.Problem;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.Topics;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Plays message-service and presence-service: reads commands from Kafka, numbers them, publishes on
 * Redis, and answers the node's HTTP calls.
 */
public final class Peer implements AutoCloseable {
    private static final TraceId TRACE = new TraceId(1, 1);

    private final String kafka;
    private final Redis redis;
    private final HttpServer http;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;
    private final Map<ChannelName, PeerChannel> channels = new ConcurrentHashMap<>();
    private final List<SessionRecord> sessionRecords = new CopyOnWriteArrayList<>();
    private final List<ChannelCommand> commands = new CopyOnWriteArrayList<>();
    private volatile boolean busLoses;
    private volatile boolean unreachable;
    private volatile String onlyNode = "";
    private final Map<UserId, Status> statuses = new ConcurrentHashMap<>();
    /** A later peer is a later owner of the shards. */
    private final long presenceOwner = System.currentTimeMillis();

    /** Shard -> the number of its last batch. */
    private final Map<Integer, Long> presenceBatches = new ConcurrentHashMap<>();

    private final AtomicInteger presenceCalls = new AtomicInteger();
    private final AtomicInteger headCalls = new AtomicInteger();
    private final AtomicInteger eventCalls = new AtomicInteger();

    public Peer(URI address, String kafka, Redis redis) {
        this.kafka = kafka;
        this.redis = redis;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        List<TopicPartition> partitions = List.of(Topics.CHANNEL_COMMANDS, Topics.SESSION_EVENTS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        CountDownLatch reading = new CountDownLatch(1);
        reader = Thread.ofPlatform().start(() -> read(reading));
    }

    /** Makes a channel with members. */
    public void channel(String name, String... members) {
        PeerChannel channel = of(new ChannelName(name));
        Arrays.stream(members).map(UserId::new).forEach(channel.members()::add);
    }

    /** One of the two of a direct channel blocks the other from now on. */
    public void block(String channel) {
        of(new ChannelName(channel)).block();
    }

    /** Takes a member away, without a notice. */
    public void expel(String name, String member) {
        of(new ChannelName(name)).members().remove(new UserId(member));
    }

    /**
     * Takes a member away as message-service does, and publishes the event on the bus unless it
     * loses; no notice.
     */
    public void remove(String name, String member) {
        tell(of(new ChannelName(name)).remove(new UserId(member)));
    }

    /** What presence-service says of a user from now on, without a batch on the bus. */
    public void presence(String user, Status status) {
        statuses.put(new UserId(user), status);
    }

    /** Changes the presence of a user, and publishes a batch of it. */
    public void presenceChanges(String user, Status status) {
        presence(user, status);
        UserId changed = new UserId(user);
        presenceBatches.merge(PresenceShard.of(changed), 1L, Long::sum);
        presenceBatch(changed, List.of(presence(changed)));
    }

    /** Changes the presence of a user, and loses the batch of it. */
    public void presenceChangesUnheard(String user, Status status) {
        presence(user, status);
        presenceBatches.merge(PresenceShard.of(new UserId(user)), 1L, Long::sum);
    }

    /** Repeats the number of the last batch of the user's shard, as after a silence. */
    public void presenceRepeats(String user) {
        presenceBatch(new UserId(user), List.of());
    }

    private void presenceBatch(UserId user, List<UserPresence> changes) {
        int shard = PresenceShard.of(user);
        publish(
                BusChannel.ofPresence(shard).name(),
                Json.write(new PresenceBatch(presenceOwner, presenceBatches.getOrDefault(shard, 0L), changes)));
    }

    /** How often presence-service was asked. */
    public int presenceCalls() {
        return presenceCalls.get();
    }

    /**
     * Appends messages as if somebody had published them, and publishes them on the bus unless it
     * loses.
     */
    public void append(String name, int count) {
        for (int i = 0; i < count; i++) {
            PeerChannel channel = of(new ChannelName(name));
            String id = "made-" + (channel.head() + 1);
            tell(channel.append(new ClientMessageId(id), new UserId("maker"), Json.tree(id)));
        }
    }

    /** Appends one message with this text and publishes it. */
    public void append(String name, String text) {
        PeerChannel channel = of(new ChannelName(name));
        String id = "made-" + (channel.head() + 1);
        tell(channel.append(new ClientMessageId(id), new UserId("maker"), Json.tree(text)));
    }

    /** Cuts every connection of Redis that is subscribed to something. */
    public void cutSubscribers() {
        send(Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub"));
    }

    /** Takes a key away, as if it had expired. */
    public void forget(String key) {
        var unused = redis.send(Request.cmd(Command.DEL).arg(key))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The value of a Redis key. */
    public Optional<String> key(String key) {
        return Optional.ofNullable(redis.send(Request.cmd(Command.GET).arg(key))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .map(Response::toString);
    }

    /** The runs of nodes that have a lease, or had one lately. */
    public List<String> nodes() {
        return send(Request.cmd(Command.ZRANGE).arg(RedisKeys.NODES).arg(0).arg(-1)).stream()
                .map(Response::toString)
                .toList();
    }

    /** Whether events are kept but not published. */
    public void busLoses(boolean loses) {
        busLoses = loses;
    }

    /**
     * Ignores the commands of other nodes, which have their own peer. A command without a reply
     * names no node, so {@link #commands} has those of all nodes.
     */
    public void serveOnly(String node) {
        onlyNode = node;
    }

    /** Whether HTTP calls are answered with 503. */
    public void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** How often heads were asked for. */
    public int headCalls() {
        return headCalls.get();
    }

    /** How often pages of events were asked for. */
    public int eventCalls() {
        return eventCalls.get();
    }

    /** What the nodes reported of their sessions, in order. */
    public <T extends SessionRecord> List<T> sessionRecords(Class<T> kind) {
        return sessionRecords.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What happened to the sessions of this user. */
    public List<SessionEvent.Kind> sessionEvents(String user) {
        return sessionRecords(SessionEvent.class).stream()
                .filter(event -> event.user().value().equals(user))
                .map(SessionEvent::type)
                .toList();
    }

    /**
     * The sessions of this user that have not ended. The end of a short session may be its only
     * event.
     */
    public Set<SessionId> openSessions(String user) {
        Set<SessionId> open = new HashSet<>();
        for (SessionEvent event : sessionRecords(SessionEvent.class)) {
            if (event.type() == SessionEvent.Kind.ENDED) {
                open.remove(event.session());
            } else if (event.user().value().equals(user)) {
                open.add(event.session());
            }
        }
        return open;
    }

    /** What the node asked. */
    public List<ChannelCommand> commands() {
        return commands;
    }

    /** Appends a record to a topic, and waits until it is there. */
    public void write(String topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"), new StringSerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    /** Publishes bytes on the bus and waits until Redis has them. */
    public void publish(String channel, byte[] payload) {
        send(Request.cmd(Command.PUBLISH).arg(channel).arg(Buffer.buffer(payload)));
    }

    /** How many connections of Redis are subscribed to a channel of the bus. */
    public long receivers(String channel) {
        return send(Request.cmd(Command.PUBSUB).arg("NUMSUB").arg(channel))
                .get(1)
                .toLong();
    }

    private Response send(Request request) {
        return redis.send(request).toCompletionStage().toCompletableFuture().join();
    }

    private PeerChannel of(ChannelName name) {
        return channels.computeIfAbsent(name, PeerChannel::new);
    }

    private void tell(ServerFrame.LogEvent event) {
        if (!busLoses) {
            publish(
                    BusChannel.ofChannel(event.channel()).name(),
                    BusMessage.event(event.seq(), PeerChannel.EPOCH, TRACE, null, Json.write(event))
                            .encode());
        }
    }

    private void read(CountDownLatch reading) {
        try {
            reading.countDown();
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.topic().equals(Topics.SESSION_EVENTS)) {
                        sessionRecords.add(Json.read(record.value(), SessionRecord.class));
                    } else {
                        command(Json.read(record.value(), ChannelCommand.class));
                    }
                }
            }
        } catch (WakeupException closing) {
            consumer.close();
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }

    private void command(ChannelCommand command) {
        ChannelCommand.ReplyTo to = command.replyTo();
        if (!onlyNode.isEmpty() && to != null && !to.node().value().equals(onlyNode)) {
            return;
        }
        commands.add(command);
        if (to == null || !(command.operation() instanceof ChannelCommand.Publish publish)) {
            return;
        }
        PeerChannel channel = of(command.channel());
        ServerFrame reply;
        if (channel.readableBy(command.user())) {
            ServerFrame.Message message = channel.append(publish.id(), command.user(), publish.data());
            tell(message);
            reply = new ServerFrame.Ack(to.ref(), command.channel(), publish.id(), message.seq(), message.ts());
        } else {
            reply = ServerFrame.ErrorReply.of(to.ref(), ErrorCode.FORBIDDEN, "not a member");
        }
        publish(
                BusChannel.ofNode(to.node()).name(),
                BusMessage.reply(TRACE, to.session(), Json.write(reply)).encode());
    }

    private void answer(HttpExchange exchange) throws IOException {
        Object body;
        try {
            if (!String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .startsWith("Bearer ")) {
                body = Problem.of(ErrorCode.UNAUTHENTICATED, "no service token");
            } else {
                body = unreachable
                        ? Problem.of(ErrorCode.UNAVAILABLE, "away")
                        : body(
                                exchange.getRequestURI(),
                                exchange.getRequestBody().readAllBytes());
            }
        } catch (RuntimeException | InvalidInput e) {
            body = Problem.of(ErrorCode.INTERNAL, e.toString());
        }
        byte[] bytes = Json.write(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(body instanceof Problem problem ? problem.status() : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private HeadList heads(HeadsQuery query) {
        headCalls.incrementAndGet();
        return new HeadList(query.channels().stream()
                .filter(channels::containsKey)
                .map(channel -> new HeadList.Head(
                        channel, PeerChannel.EPOCH, of(channel).head()))
                .toList());
    }

    private AccessList access(AccessQuery query) {
        List<@Nullable ChannelAccess> answers = new ArrayList<>();
        for (AccessQuery.Asked asked : query.asked()) {
            PeerChannel channel = channels.get(asked.channel());
            answers.add(channel == null || !channel.readableBy(asked.user()) ? null : channel.access(asked.user()));
        }
        return new AccessList(answers);
    }

    private Object body(URI uri, byte[] posted) throws InvalidInput {
        String[] path = uri.getPath().split("/", -1);
        if (!path[1].equals("internal")) {
            return Problem.of(ErrorCode.FORBIDDEN, uri.getPath());
        }
        if (path[2].equals("channels") && path[4].equals("events")) {
            eventCalls.incrementAndGet();
            return of(new ChannelName(path[3]))
                    .events(
                            Long.parseLong(parameters(uri, "after").getFirst()),
                            Integer.parseInt(parameters(uri, "limit").getFirst()));
        }
        if (path[2].equals("channels")) {
            PeerChannel channel = channels.get(new ChannelName(path[3]));
            UserId user = new UserId(parameters(uri, "user").getFirst());
            if (channel == null) {
                return Problem.of(ErrorCode.NOT_FOUND, path[3]);
            }
            return channel.readableBy(user) ? channel.access(user) : Problem.of(ErrorCode.FORBIDDEN, path[3]);
        }
        if (path[2].equals("access")) {
            return access(Json.read(posted, AccessQuery.class));
        }
        if (path[2].equals("heads")) {
            return heads(Json.read(posted, HeadsQuery.class));
        }
        if (path[2].equals("users")) {
            return membershipsOf(new UserId(path[3]));
        }
        if (path[2].equals("memberships")) {
            return new MembershipsOfMany(Json.read(posted, UsersQuery.class).users().stream()
                    .map(this::membershipsOf)
                    .toList());
        }
        if (path[2].equals("presence")) {
            presenceCalls.incrementAndGet();
            return new PresenceList(Json.read(posted, UsersQuery.class).users().stream()
                    .map(this::presence)
                    .toList());
        }
        return Problem.of(ErrorCode.NOT_FOUND, uri.getPath());
    }

    private MembershipList membershipsOf(UserId user) {
        return new MembershipList(channels.entrySet().stream()
                .filter(entry -> entry.getValue().members().contains(user))
                .map(entry -> new ServerFrame.Membership(
                        entry.getKey(),
                        PeerChannel.EPOCH,
                        entry.getValue().head(),
                        0,
                        entry.getValue().head()))
                .toList());
    }

    private UserPresence presence(UserId user) {
        Status status = statuses.getOrDefault(user, Status.OFFLINE);
        return new UserPresence(user, status, status == Status.OFFLINE ? 7L : null);
    }

    private static List<String> parameters(URI uri, String name) {
        return Arrays.stream(String.valueOf(uri.getRawQuery()).split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.stop(0);
    }
}
