package dev.dunlin.client.transport;

import dev.dunlin.client.TokenCache;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.HttpRefused;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.ServerFrame;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Links to the suite at one origin, of all transports. */
public final class StandardLinks implements FrameLinks {
    private static final Duration DIAGNOSIS = Duration.ofSeconds(5);
    private static final UserId UNKNOWN = new UserId("-");

    private final EventLoop loop;
    private final LinkConnector connector;
    private final URI socket;
    private final Http http;
    private final RestClient rest;
    private final RandomGenerator random;
    private final boolean auto;
    private final Device device;
    private final Resume resume = new Resume();

    /**
     * Links by these.
     *
     * @param socket of {@code ws:} or {@code wss:}
     * @param auto whether the user's memberships are heard, too
     * @param device what requests say that the client runs on
     */
    public StandardLinks(
            EventLoop loop,
            LinkConnector connector,
            URI socket,
            Http http,
            RandomGenerator random,
            boolean auto,
            Device device) {
        this.loop = loop;
        this.connector = connector;
        this.socket = socket;
        this.http = http;
        this.rest = new RestClient(http);
        this.random = random;
        this.auto = auto;
        this.device = device;
    }

    @Override
    public FrameLink open(
            Transport transport, String token, Collection<ChannelName> channels, FrameLinkListener listener) {
        return switch (transport) {
            case WEBSOCKET ->
                new WebSocketFrameLink(loop, connector, socket, token, new ForgettingCursor(resume, listener));
            case SSE -> http(new EventStreamDownstream(device), token, channels, listener);
            case POLL -> http(new PollDownstream(device), token, channels, listener);
        };
    }

    private FrameLink http(
            Downstream down, String token, Collection<ChannelName> channels, FrameLinkListener listener) {
        UserId user = TokenCache.userOf(token).orElse(UNKNOWN);
        return new HttpLink(
                new HttpLink.Settings(down, http, rest, loop, random, user, auto, channels, resume), listener);
    }

    @Override
    public CompletableFuture<Ending> diagnose(Ending broken) {
        return ask("/v1/ws", broken.judged(broken.against(1)))
                .exceptionallyCompose(nothing -> ask("/v1/channels?limit=1", broken.judged(broken.against(1))))
                .exceptionally(failure -> unreachable(broken, Http.cause(failure)))
                .whenCompleteAsync((found, failure) -> {}, loop);
    }

    /** Nothing answers, plain HTTP neither: that says nothing about the transport. */
    private Ending unreachable(Ending broken, Throwable failure) {
        return failure instanceof ConnectException
                ? new Ending(broken.code(), "nothing listens at " + http.origin(), broken.retryAfter(), 0.0)
                : broken.judged(0);
    }

    /** Fails when there is no answer. */
    private CompletableFuture<Ending> ask(String target, Ending answered) {
        return http.open(target, Map.of(), BodyHandlers.replacing(target))
                .orTimeout(DIAGNOSIS.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(done -> answered)
                .exceptionallyCompose(failure -> {
                    if (!(Http.cause(failure) instanceof HttpRefused refused)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    Ending said = Endings.of(refused, Endings.Request.REST);
                    return CompletableFuture.completedFuture(said.isAbnormal() ? answered : said);
                });
    }

    /**
     * From a WebSocket's welcome on the positions go on by themselves, and the cursor stays behind.
     */
    private record ForgettingCursor(Resume resume, FrameLinkListener listener) implements FrameLinkListener {
        @Override
        public void onFrame(ServerFrame frame) {
            if (frame instanceof ServerFrame.Welcome) {
                resume.forget();
            }
            listener.onFrame(frame);
        }

        @Override
        public void onEnded(Ending ending) {
            listener.onEnded(ending);
        }
    }
}
