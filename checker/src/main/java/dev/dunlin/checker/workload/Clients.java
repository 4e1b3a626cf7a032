package dev.dunlin.checker.workload;

import dev.dunlin.checker.history.Observer;
import dev.dunlin.checker.history.Observer.View;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.checker.transport.rest.Paging;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.checker.transport.sdk.SdkListening;
import dev.dunlin.checker.transport.sdk.SdkPublishing;
import dev.dunlin.checker.transport.socket.SocketListening;
import dev.dunlin.checker.transport.socket.SocketPublishing;
import dev.dunlin.checker.transport.stream.EventStreamListening;
import dev.dunlin.checker.transport.stream.PollListening;
import dev.dunlin.client.Backoff;
import dev.dunlin.client.ClientListener;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the clients of a plan. */
public final class Clients {
    private static final Backoff SOON = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final Access access;
    private final Recorder recorder;

    public Clients(Access access, Recorder recorder) {
        this.access = access;
        this.recorder = recorder;
    }

    /** A client that publishes; it may connect at once. */
    Publishing speaker(Plan.Speaker speaker) {
        return switch (speaker.medium()) {
            case SDK, SDK_STREAM, SDK_POLL -> {
                DunlinClient client = sdk(speaker.medium(), speaker.who(), false, new ClientListener() {});
                var unused = client.connect();
                yield new SdkPublishing(client);
            }
            case SOCKET -> new SocketPublishing(access, speaker.who());
            case REST -> again(speaker.who());
            case STREAM, POLL, EVENTS, MESSAGES ->
                throw new IllegalArgumentException(speaker.medium() + " only listens");
        };
    }

    /** A REST client of the same user, for publishes that were already answered. */
    Publishing again(Who who) {
        return new RestPublishing(access.rest(who));
    }

    /** A client that listens; not open yet. */
    public Listening listener(Plan.Listener listener) {
        return switch (listener.medium()) {
            case SDK, SDK_STREAM, SDK_POLL ->
                new SdkListening(
                        ear -> sdk(listener.medium(), listener.who(), listener.auto(), ear),
                        watching(listener, View.LIVE));
            case SOCKET ->
                new SocketListening(
                        listener.name(),
                        access,
                        listener.who(),
                        watching(listener, View.LIVE),
                        listener.habit() == Habit.AGAIN,
                        listener.name().hashCode());
            case STREAM ->
                new EventStreamListening(
                        listener.name(),
                        access,
                        listener.who(),
                        watching(listener, View.LIVE),
                        listener.name().hashCode());
            case POLL -> new PollListening(listener.name(), access, listener.who(), watching(listener, View.LIVE));
            case EVENTS ->
                new Paging(listener.name(), access.rest(listener.who()), watching(listener, View.EVENTS), View.EVENTS);
            case MESSAGES ->
                new Paging(
                        listener.name(), access.rest(listener.who()), watching(listener, View.MESSAGES), View.MESSAGES);
            case REST -> throw new IllegalArgumentException(listener.medium() + " only publishes");
        };
    }

    private Map<ChannelName, Watching> watching(Plan.Listener listener, View view) {
        Observer observer = new Observer(listener.name(), view);
        return listener.channels().stream()
                .collect(Collectors.toMap(Function.identity(), channel -> recorder.watch(observer, channel)));
    }

    private DunlinClient sdk(Medium medium, Who who, boolean auto, ClientListener ear) {
        return DunlinClient.at(access.origin(), () -> access.tokens().apply(who))
                .listener(ear)
                .tls(access.http().sslContext())
                .backoff(SOON)
                .autoSubscribe(auto)
                .transports(transports(medium))
                // checks that everything is shown, so nothing may be left out
                .mostRepaired(Integer.MAX_VALUE)
                .build();
    }

    private static Set<Transport> transports(Medium medium) {
        return switch (medium) {
            case SDK_STREAM -> Set.of(Transport.SSE);
            case SDK_POLL -> Set.of(Transport.POLL);
            case SDK, SOCKET, REST, STREAM, POLL, EVENTS, MESSAGES -> Set.of(Transport.values());
        };
    }
}
