package dev.dunlin.checker.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.checker.transport.Loop;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.protocol.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private static final CompletableFuture<Void> ACKED = CompletableFuture.completedFuture(null);

    @Test
    void anAcknowledgementOfTheFirstAttemptIsCertain() throws Exception {
        assertThat(certain(List.of(ACKED))).isTrue();
    }

    @Test
    void anAcknowledgementAfterAnAttemptWithoutOneIsNot() throws Exception {
        assertThat(certain(List.of(failed(ErrorCode.UNAVAILABLE), ACKED))).isFalse();
    }

    @Test
    void anAttemptThatFindsNothingLeftToDoEndsIt() throws Exception {
        assertThat(certain(List.of(failed(ErrorCode.UNAVAILABLE), failed(ErrorCode.NOT_FOUND))))
                .isFalse();
    }

    /** What the attempts in turn lead to; another attempt fails. */
    private static boolean certain(List<CompletableFuture<Void>> attempts) throws Exception {
        Deque<CompletableFuture<Void>> left = new ArrayDeque<>(attempts);
        CompletableFuture<Boolean> certain = new CompletableFuture<>();
        Loop loop = Loop.start("guest", own -> certain.complete(Guests.insist(left::removeFirst, own)));
        try {
            return certain.get(10, TimeUnit.SECONDS);
        } finally {
            loop.close();
        }
    }

    private static CompletableFuture<Void> failed(ErrorCode code) {
        return CompletableFuture.failedFuture(new RequestFailed(code, "no answer"));
    }
}
