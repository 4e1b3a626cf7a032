package dev.dunlin.client;

import dev.dunlin.client.link.JdkLinkConnector;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.loop.ThreadEventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.client.transport.FrameLinks;
import dev.dunlin.client.transport.StandardLinks;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.client.transport.TransportChoice;
import dev.dunlin.client.transport.TransportMemory;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.frame.Device;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Composes a client; what is not said has a default. */
public final class DunlinClientBuilder {
    private static final int STANDARD_CAPACITY = 500;
    private static final int MOST_REPAIRED = 1_000;
    private static final Duration PROBE_EVERY = Duration.ofSeconds(30);

    private final URI origin;
    private final TokenSource tokens;
    private ClientListener listener = new ClientListener() {};
    private Backoff backoff = Backoff.STANDARD;
    private RandomGenerator random = RandomGenerator.getDefault();
    private InstantSource clock = Clock.systemUTC();
    private int sendQueueCapacity = STANDARD_CAPACITY;
    private int mostRepaired = MOST_REPAIRED;
    private boolean autoSubscribe = true;
    private Device device = Device.DESKTOP;
    private Duration idleAfter = Duration.ZERO;
    private Set<Transport> transports = EnumSet.allOf(Transport.class);
    private TransportMemory memory = TransportMemory.none();
    private Duration probeEvery = PROBE_EVERY;
    private Executor tokenExecutor = DunlinClientBuilder::onNewThread;
    private @Nullable SSLContext tls;

    DunlinClientBuilder(URI origin, TokenSource tokens) {
        this.origin = origin;
        this.tokens = tokens;
    }

    /** Who hears the client; nobody if not said. */
    public DunlinClientBuilder listener(ClientListener listener) {
        this.listener = listener;
        return this;
    }

    /** How long to wait between attempts to connect. */
    public DunlinClientBuilder backoff(Backoff backoff) {
        this.backoff = backoff;
        return this;
    }

    /** Where jitter comes from. */
    public DunlinClientBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** By which the end of a token is judged. */
    public DunlinClientBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** How many messages may wait for their ack; 500 if not said. */
    public DunlinClientBuilder sendQueueCapacity(int messages) {
        this.sendQueueCapacity = messages;
        return this;
    }

    /** Which transports may be used, by default all: the best one that gets through is. */
    public DunlinClientBuilder transports(Set<Transport> allowed) {
        this.transports = EnumSet.copyOf(allowed);
        return this;
    }

    /**
     * Where it is kept over a restart, for ten minutes, which transport worked; nowhere if not
     * said.
     */
    public DunlinClientBuilder memory(TransportMemory memory) {
        this.memory = memory;
        return this;
    }

    /**
     * How long to wait on a lower transport before a better one is tried beside it, at most;
     * doubled each time, up to ten minutes. 30 s if not said.
     */
    public DunlinClientBuilder probeEvery(Duration first) {
        this.probeEvery = first;
        return this;
    }

    /**
     * How many missed events of a channel are fetched one by one; with more,
     * {@link ClientListener#onReset} says so and they are left out. 1,000 if not said: a back end
     * that wants everything asks for more.
     */
    public DunlinClientBuilder mostRepaired(int events) {
        this.mostRepaired = events;
        return this;
    }

    /** Whether the server subscribes the user's memberships by itself; yes if not said. */
    public DunlinClientBuilder autoSubscribe(boolean auto) {
        this.autoSubscribe = auto;
        return this;
    }

    /** The kind of device, for the presence of the user; {@code DESKTOP} if not set. */
    public DunlinClientBuilder device(Device device) {
        this.device = device;
        return this;
    }

    /**
     * How long the user may do nothing before the device is away:
     * {@link DunlinClient#noteActivity}, publishing, typing and reading count. Zero, which is
     * never, if not set.
     */
    public DunlinClientBuilder idleAfter(Duration idleAfter) {
        if (idleAfter.isNegative()) {
            throw new IllegalArgumentException("idleAfter: must not be negative");
        }
        this.idleAfter = idleAfter;
        return this;
    }

    /** Which certificates are trusted; those that the JVM trusts if not said. */
    public DunlinClientBuilder tls(SSLContext trust) {
        this.tls = trust;
        return this;
    }

    /**
     * Where the token source is called; on a new daemon thread if not set. One call runs at a time.
     * On Java 21 and later, virtual threads will do.
     */
    public DunlinClientBuilder tokenExecutor(Executor executor) {
        this.tokenExecutor = executor;
        return this;
    }

    /** A client that is not connected yet. */
    public DunlinClient build() {
        HttpClient.Builder connections =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        if (tls != null) {
            connections.sslContext(tls);
        }
        HttpClient http = connections.build();
        TokenCache cache = new TokenCache(tokens, clock, tokenExecutor);
        Http calls = new Http(http, origin, cache);
        RestClient rest = new RestClient(calls);
        EventLoop loop = new ThreadEventLoop();
        FrameLinks links =
                new StandardLinks(loop, new JdkLinkConnector(http), linkUri(), calls, random, autoSubscribe, device);
        TransportChoice choice = new TransportChoice(transports, clock, memory);
        Connection.Settings settings = new Connection.Settings(loop, links, choice, cache, backoff, probeEvery, random);
        ClientCore core = new ClientCore(
                loop,
                rest::events,
                mostRepaired,
                listener,
                backoff,
                random,
                idleAfter,
                owner -> new Connection(settings, owner));
        return new DunlinClient(loop, core, rest, sendQueueCapacity, DunlinClientBuilder::randomId);
    }

    private URI linkUri() {
        String base = origin.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        String kind = device.name().toLowerCase(Locale.ROOT);
        return URI.create(base + "/v1/ws?device=" + kind + (autoSubscribe ? "" : "&auto=false"));
    }

    private static void onNewThread(Runnable task) {
        Thread thread = new Thread(task, "dunlin-client-token");
        thread.setDaemon(true);
        thread.start();
    }

    private static ClientMessageId randomId() {
        return new ClientMessageId(UUID.randomUUID().toString());
    }
}
