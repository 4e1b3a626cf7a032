package dev.dunlin.scenarios.suite;

import dev.dunlin.client.Backoff;
import dev.dunlin.client.ClientListener;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.DunlinClientBuilder;
import dev.dunlin.client.TokenCache;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.Health;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.ProcessStatus;
import dev.dunlin.localstack.StackOptions;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * The whole suite on packaged processes: two connection nodes and one of everything else.
 * Thread-safe.
 */
public final class Suite implements AutoCloseable {
    /** How long anything may take before a scenario fails. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    /** The same after a process was killed: on a busy machine it starts slowly. */
    public static final Duration COME_BACK = Duration.ofSeconds(90);

    /** A fifth of the usual rate: scenarios have fewer clients than a real node. */
    private static final Map<String, String> SLOW_DRAIN = Map.of("DUNLIN_DRAIN_PER_SECOND", "200");

    /** Longer than shipped: several classes use the machine at the same time. */
    private static final Map<String, String> PATIENT = Map.of("DUNLIN_COMMANDS_TIMEOUT", "12s");

    private final LocalStack stack;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();

    private final Map<Integer, BlockingFront> fronts = new ConcurrentHashMap<>();

    private Suite(LocalStack stack) {
        this.stack = stack;
    }

    /**
     * Starts a suite with fresh data under {@code target/}; on the native binaries with
     * {@code -Pnative-scenarios}, which sets {@code scenarios.native}.
     */
    public static Suite start(String name) {
        return start(name, Store.POSTGRES);
    }

    /** The same with the messages in that store. */
    static Suite start(String name, Store store) {
        return start(name, options -> options.withStore(store));
    }

    /** The same with settings of push-service, as environment variables. */
    public static Suite start(String name, Map<String, String> push) {
        return start(
                name,
                options -> options.withEnvironment(
                        Map.of("connection-service", SLOW_DRAIN, "message-service", PATIENT, "push-service", push)));
    }

    /**
     * The same with other options. One suite starts at a time: on two cores they would starve each
     * other.
     */
    static synchronized Suite start(String name, UnaryOperator<StackOptions> more) {
        Checkout checkout = Checkout.fromSystemProperty();
        StartCaches.ensure(checkout);
        StackOptions options = StackOptions.onFreePorts(
                        checkout, checkout.root().resolve("scenarios/target/suite-" + name))
                .afresh()
                .withEnvironment(Map.of("connection-service", SLOW_DRAIN, "message-service", PATIENT))
                .withNativeImages(Boolean.getBoolean("scenarios.native"));
        try {
            return new Suite(
                    LocalStack.start(more.apply(options), line -> System.out.println("[suite " + name + "] " + line)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the suite started", e);
        }
    }

    /** The stack itself: its processes and tokens. */
    public LocalStack stack() {
        return stack;
    }

    /** For requests that no client would send. */
    public HttpClient http() {
        return http;
    }

    /** The one origin of clients. */
    public URI gateway() {
        return stack.url();
    }

    /** Connection node 1 or 2, past the gateway. */
    public URI node(int number) {
        return URI.create(stack.url("connection-" + number));
    }

    /** A link of a user, welcomed; {@code origin} is the gateway or a node. */
    public RawLink link(UserId user, URI origin) throws IOException {
        RawLink link = RawLink.open(http, socket(origin), stack.userToken(user.value()), DEADLINE);
        link.await(ServerFrame.Welcome.class);
        return link;
    }

    /** A link that subscribed to a channel from now on. */
    public RawLink subscribed(UserId user, URI origin, ChannelName channel) throws IOException {
        RawLink link = link(user, origin);
        link.send(new ClientFrame.Subscribe(Ref.of("subscribe"), channel, null));
        link.await(ServerFrame.Subscribed.class);
        return link;
    }

    /** Where WebSockets are at an origin. */
    public static URI socket(URI origin) {
        return URI.create(origin.toString().replaceFirst("^http", "ws") + "/v1/ws");
    }

    /**
     * A user's SDK client that connects to an origin; not connected yet. Comes back soon after a
     * loss.
     */
    public DunlinClient client(UserId user, URI origin, ClientListener listener) {
        return clients(user, origin, listener).build();
    }

    /** The same, with all its links at connection node 1 or 2. Its REST calls use the gateway. */
    public DunlinClient clientAtNode(int number, UserId user, ClientListener listener) {
        BlockingFront front = fronts.computeIfAbsent(number, same -> BlockingFront.before(gateway(), node(same)));
        return client(user, front.origin(), listener);
    }

    /** The same, of which more can be said. */
    public DunlinClientBuilder clients(UserId user, URI origin, ClientListener listener) {
        return DunlinClient.at(origin, () -> stack.userToken(user.value()))
                .listener(listener)
                .backoff(new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1)));
    }

    /** A user's REST calls through the gateway. */
    public RestClient rest(UserId user) {
        return rest(gateway(), stack.userToken(user.value()));
    }

    /** A back end's REST calls through the gateway. */
    public RestClient backEnd() {
        return rest(gateway(), stack.serverToken("back-end"));
    }

    /** REST calls with any token, to any origin. */
    public RestClient rest(URI origin, String token) {
        return new RestClient(http, origin, new TokenCache(() -> token, InstantSource.system(), Runnable::run));
    }

    /** Creates a group whose owner is the first of the users and whose members are all of them. */
    public void createGroup(ChannelName group, UserId owner, UserId... others) {
        rest(owner).createChannel(group, List.of(others)).join();
    }

    /** A token for anything. */
    public String token(TokenRequest request) {
        return stack.token(request);
    }

    /** All that a process has written. */
    public List<String> log(String process) {
        try {
            return Files.readAllLines(stack.log(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory with everything of this suite. */
    public Path data() {
        return stack.data();
    }

    /** Ends a process as a crash does; returns at once. */
    public void kill(String process) {
        try {
            stack.kill(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until every process serves again. */
    public void awaitHealthy() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    for (ProcessStatus process : stack.status()) {
                        if (process.health() != Health.UP) {
                            throw new AssertionError(process.name() + " is " + process.health());
                        }
                    }
                });
    }

    @Override
    public void close() {
        stack.close();
        fronts.values().forEach(BlockingFront::close);
        http.close();
    }
}
