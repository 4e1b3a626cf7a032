package dev.dunlin.client.transport;

import dev.dunlin.client.rest.Http;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.frame.Device;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Server-sent events. */
final class EventStreamDownstream implements Downstream {
    private static final String EVENT_STREAM = "text/event-stream";
    /** How late a heartbeat may come. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Device device;

    EventStreamDownstream(Device device) {
        this.device = device;
    }

    /**
     * The server writes a comment at each heartbeat. One may be lost, and the next one may be late.
     */
    @Override
    public Duration silence(Duration heartbeat) {
        return heartbeat.multipliedBy(2).plus(GRACE);
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public CompletableFuture<Void> fetch(Request request, Http http, Executor loop, Answer answer) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", EVENT_STREAM));
        if (request.cursor() != null) {
            headers.put("Last-Event-ID", request.cursor());
        }
        // What is no event stream is thrown away, and said once it is over.
        BodyHandler<Optional<Flow.Publisher<List<ByteBuffer>>>> events =
                info -> info.headers().firstValue("Content-Type").orElse("").startsWith(EVENT_STREAM)
                        ? BodySubscribers.mapping(BodySubscribers.ofPublisher(), Optional::of)
                        : BodySubscribers.replacing(Optional.empty());
        CompletableFuture<Void> over = new CompletableFuture<>();
        Reading reading = new Reading(loop, answer, over);
        var opening = http.open("/v1/events?" + request.query(device), headers, events);
        var unused = opening.whenComplete((body, failure) -> {
            if (failure != null) {
                over.completeExceptionally(failure);
            } else if (body.isEmpty()) {
                over.completeExceptionally(new NotHere("no event stream"));
            } else {
                body.get().subscribe(reading);
            }
        });
        var unusedToo = over.whenComplete((done, failure) -> {
            if (over.isCancelled()) {
                opening.cancel(true);
                loop.execute(reading::cancel);
            }
        });
        return over;
    }

    /** Reads one answer, piece by piece as it is taken. */
    private static final class Reading implements Flow.Subscriber<List<ByteBuffer>> {
        private final Executor loop;
        private final CompletableFuture<Void> over;
        private final EventStreamReader reader;
        private final Answer answer;
        private Flow.@Nullable Subscription pieces;

        Reading(Executor loop, Answer answer, CompletableFuture<Void> over) {
            this.loop = loop;
            this.over = over;
            this.answer = answer;
            this.reader = new EventStreamReader(this::onEvent);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            loop.execute(() -> {
                pieces = subscription;
                if (over.isDone()) {
                    subscription.cancel();
                } else {
                    subscription.request(1);
                }
            });
        }

        @Override
        public void onNext(List<ByteBuffer> piece) {
            loop.execute(() -> {
                try {
                    piece.forEach(reader::feed);
                    answer.onAlive();
                    if (pieces != null) {
                        pieces.request(1);
                    }
                } catch (NotHere endless) {
                    cancel();
                    over.completeExceptionally(endless);
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            over.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            loop.execute(() -> over.complete(null));
        }

        void cancel() {
            if (pieces != null) {
                pieces.cancel();
            }
        }

        private void onEvent(EventStreamReader.Event event) {
            try {
                Frames.in(event.data()).forEach(answer::onFrame);
            } catch (InvalidInput notJson) {
                throw new NotHere("not JSON");
            }
            if (!event.id().isEmpty()) {
                answer.onCursor(event.id());
            }
        }
    }
}
