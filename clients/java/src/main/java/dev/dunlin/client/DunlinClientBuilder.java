package dev.dunlin.client;

import dev.dunlin.client.link.JdkLinkConnector;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Composes a client; what is not said has a default. */
public final class DunlinClientBuilder {
    private static final int STANDARD_CAPACITY = 256;

    private final URI origin;
    private final TokenSource tokens;
    private ClientListener listener = new ClientListener() {};
    private Backoff backoff = Backoff.STANDARD;
    private RandomGenerator random = RandomGenerator.getDefault();
    private InstantSource clock = Clock.systemUTC();
    private int sendQueueCapacity = STANDARD_CAPACITY;
    private boolean autoSubscribe = true;
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

    /** How many messages may wait for their ack; 256 if not said. */
    public DunlinClientBuilder sendQueueCapacity(int messages) {
        this.sendQueueCapacity = messages;
        return this;
    }

    /** Whether the server subscribes the user's memberships by itself; yes if not said. */
    public DunlinClientBuilder autoSubscribe(boolean auto) {
        this.autoSubscribe = auto;
        return this;
    }

    /** Which certificates are trusted; those that the JVM trusts if not said. */
    public DunlinClientBuilder tls(SSLContext trust) {
        this.tls = trust;
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
        TokenCache cache = new TokenCache(
                tokens,
                clock,
                task -> Thread.ofVirtual().name("dunlin-client-token").start(task));
        RestClient rest = new RestClient(http, origin, cache);
        EventLoop loop = new ThreadEventLoop();
        CompletableFuture<ServerFrame.Welcome> welcomed = new CompletableFuture<>();
        ClientCore core = new ClientCore(
                loop,
                rest::events,
                cache,
                listener,
                welcomed,
                backoff,
                random,
                owner -> new Connection(loop, new JdkLinkConnector(http), linkUri(), cache, backoff, random, owner));
        return new DunlinClient(loop, core, rest, welcomed, sendQueueCapacity, DunlinClientBuilder::randomId);
    }

    private URI linkUri() {
        String base = origin.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        return URI.create(base + "/v1/ws" + (autoSubscribe ? "" : "?auto=false"));
    }

    private static ClientMessageId randomId() {
        return new ClientMessageId(UUID.randomUUID().toString());
    }
}
