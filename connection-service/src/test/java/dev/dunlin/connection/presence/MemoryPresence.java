package dev.dunlin.connection.presence;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A presence-service that answers at once, or when the test says so with what it had when asked.
 */
final class MemoryPresence implements PresenceQuery {
    private final Map<UserId, Status> statuses = new HashMap<>();
    private final List<List<UserId>> asked = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean unreachable;
    private boolean holds;

    void set(String user, Status status) {
        statuses.put(new UserId(user), status);
    }

    void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** Keeps answers until {@link #answer}. */
    void hold() {
        holds = true;
    }

    /** Gives the answers that were kept, and all later ones at once. */
    void answer() {
        holds = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** Who was asked for, call by call. */
    List<List<UserId>> asked() {
        return asked;
    }

    @Override
    public CompletionStage<List<UserPresence>> presence(List<UserId> users) {
        asked.add(users);
        CompletableFuture<List<UserPresence>> answer = new CompletableFuture<>();
        if (unreachable) {
            answer.completeExceptionally(new RefusedException(ErrorCode.UNAVAILABLE, "away"));
            return answer;
        }
        List<UserPresence> states = users.stream()
                .map(user -> new UserPresence(user, statuses.getOrDefault(user, Status.OFFLINE), null))
                .toList();
        if (holds) {
            held.add(() -> answer.complete(states));
        } else {
            answer.complete(states);
        }
        return answer;
    }
}
