package dev.dunlin.client.transport;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.HttpRefused;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request of an HTTP link, until its answer ends. Its link starts another one after that. Once
 * it is {@linkplain #abort aborted} it calls nobody any more. On the loop only.
 */
final class HttpExchange implements Downstream.Answer {
    /** A proxy that buffers passes no byte on: after this time the transport counts as blocked. */
    private static final Duration FIRST_BYTE = Duration.ofSeconds(10);

    /** Receives what comes, on the loop. */
    interface Owner {
        /** A byte came; {@code first} on the first one of this request. */
        void onAlive(boolean first);

        void onFrame(ServerFrame frame);

        /** The answer ended, and nothing more comes of it; what it meant may follow later. */
        void onAnswered();

        /**
         * What follows.
         *
         * @param ending why the link is over, or null if the next request follows
         * @param took how long the request took
         * @param events frames that it brought, other than those about the request itself
         */
        void onOver(@Nullable Ending ending, Duration took, int events);
    }

    private final HttpLink.Settings settings;
    private final AskedChannels channels;
    private final ChannelLookup lookup;
    private final HttpWelcome welcome;
    private final Owner owner;
    private final List<ChannelName> asked;
    private final @Nullable String cursor;
    private final Set<ChannelName> resumed;
    private final Duration begun;
    private CompletableFuture<Void> answer = new CompletableFuture<>();
    private EventLoop.Timer silence = EventLoop.Timer.NONE;
    private boolean over;
    private boolean silent;
    private boolean lived;
    private int events;
    /** The last frame, or a {@code goaway}: what follows a {@code goaway} changes nothing. */
    private @Nullable ServerFrame last;

    HttpExchange(
            HttpLink.Settings settings,
            AskedChannels channels,
            ChannelLookup lookup,
            HttpWelcome welcome,
            Owner owner) {
        this.settings = settings;
        this.channels = channels;
        this.lookup = lookup;
        this.welcome = welcome;
        this.owner = owner;
        this.asked = channels.names();
        this.cursor = settings.resume().cursor();
        this.resumed = settings.resume().channels();
        this.begun = settings.loop().now();
    }

    void begin() {
        boolean first = !welcome.isGiven();
        expect(first || settings.down().streams() ? FIRST_BYTE : silence());
        answer = settings.down()
                .fetch(new Downstream.Request(asked, cursor, first), settings.http(), settings.loop(), this);
        var unused = answer.whenCompleteAsync((done, failure) -> onEnd(failure), settings.loop());
    }

    void abort() {
        over = true;
        silence.cancel();
        answer.cancel(true);
    }

    /** The request fails unless something comes within this time. */
    private void expect(Duration within) {
        silence.cancel();
        silence = settings.loop().schedule(within, () -> {
            silent = true;
            answer.cancel(true);
        });
    }

    private Duration silence() {
        return settings.down().silence(welcome.heartbeat());
    }

    @Override
    public void onAlive() {
        if (over) {
            return;
        }
        expect(silence());
        boolean first = !lived;
        lived = true;
        owner.onAlive(first);
        welcome.give();
    }

    @Override
    public void onFrame(ServerFrame frame) {
        if (over) {
            return;
        }
        last = last instanceof ServerFrame.GoAway ? last : frame;
        if (frame instanceof ServerFrame.Welcome sent) {
            welcome.pass(sent);
            return;
        }
        welcome.give();
        if (frame instanceof ServerFrame.Subscribed subscribed) {
            channels.answered(subscribed, resumed.contains(subscribed.channel()));
        } else if (frame instanceof ServerFrame.ErrorReply error && error.ref() != null) {
            refused(error);
        } else {
            events++;
            if (frame instanceof ServerFrame.Unsubscribed unsubscribed) {
                channels.remove(unsubscribed.channel());
            }
            owner.onFrame(frame);
        }
    }

    // Here a ref is the channel's place in the request. After a retryable refusal the answer ends.
    private void refused(ServerFrame.ErrorReply error) {
        int place = error.ref() == null ? -1 : error.ref().value().asInt(-1);
        if (place >= 0 && place < asked.size() && !error.retryable()) {
            channels.refused(asked.get(place), error.code(), error.message());
        }
    }

    @Override
    public void onCursor(String reached) {
        if (!over) {
            settings.resume().at(reached, Set.copyOf(asked));
        }
    }

    private void onEnd(@Nullable Throwable failure) {
        if (over) {
            return;
        }
        over = true;
        silence.cancel();
        owner.onAnswered();
        if (failure == null) {
            conclude(lastWord());
        } else {
            failed(Http.cause(failure));
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof HttpRefused refused) {
            if (cursor != null && (refused.status() == 400 || refused.status() == 410)) {
                settings.resume().forget();
                channels.forgetAnswers();
                conclude(null);
                return;
            }
            // One channel that the user may not read must not block the others.
            if (refused.spoken() && (refused.status() == 403 || refused.status() == 404)) {
                channels.forgetAnswers();
                var unused = lookup.run().thenAccept(found -> conclude(found ? null : ending(failure)));
                return;
            }
        }
        conclude(lived && !(failure instanceof HttpRefused) ? lastWord() : ending(failure));
    }

    private Ending ending(Throwable failure) {
        return silent
                ? Ending.broken("no answer from the server", welcome.isGiven() ? 1 : 2)
                : Endings.of(failure, welcome.isGiven() ? Endings.Request.AGAIN : Endings.Request.FIRST);
    }

    /** An answer that ended has no close code: its last frame takes the place of one. */
    private @Nullable Ending lastWord() {
        if (last instanceof ServerFrame.GoAway) {
            return Ending.by(CloseCode.GOING_AWAY.code(), "going away");
        }
        if (last instanceof ServerFrame.ErrorReply error && error.ref() == null && !error.retryable()) {
            return Ending.by(codeOf(error.code()), error.message());
        }
        return null;
    }

    private static int codeOf(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> CloseCode.TOKEN_EXPIRED.code();
            case FORBIDDEN -> CloseCode.FORBIDDEN.code();
            case CONFLICT -> CloseCode.SESSION_REPLACED.code();
            default -> CloseCode.PROTOCOL_VIOLATION.code();
        };
    }

    private void conclude(@Nullable Ending ending) {
        owner.onOver(ending, settings.loop().now().minus(begun), events);
    }
}
