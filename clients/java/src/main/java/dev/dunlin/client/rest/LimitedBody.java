package dev.dunlin.client.rest;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit of bytes. A longer one fails, and its connection is closed. */
final class LimitedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> target;
    private final long limit;
    private long read;
    private Flow.@Nullable Subscription subscription;

    LimitedBody(BodySubscriber<T> target, long limit) {
        this.target = target;
        this.limit = limit;
    }

    @Override
    public CompletionStage<T> getBody() {
        return target.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription pieces) {
        subscription = pieces;
        target.onSubscribe(pieces);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        if (read > limit) {
            return;
        }
        read += pieces.stream().mapToLong(ByteBuffer::remaining).sum();
        if (read <= limit) {
            target.onNext(pieces);
        } else {
            if (subscription != null) {
                subscription.cancel();
            }
            target.onError(new IOException("a body of more than " + limit + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        target.onError(failure);
    }

    @Override
    public void onComplete() {
        if (read <= limit) {
            target.onComplete();
        }
    }
}
