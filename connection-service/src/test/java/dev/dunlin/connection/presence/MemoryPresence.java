package dev.dunlin.connection.presence;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.PresenceList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A presence-service that answers at once, or when the test says so with what it had when asked.
 */
final class MemoryPresence implements PresenceQuery {
    private final Map<UserId, Status> statuses = new HashMap<>();
    private final List<List<UserId>> asked = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private Set<UserId> hidden = Set.of();
    private List<UserId> contacts = List.of();
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

    /** Who was asked for, call by call, apart from checks of what may be seen. */
    List<List<UserId>> asked() {
        return asked;
    }

    /** Whom viewers may not see from now on. */
    void hide(String... users) {
        hidden = Arrays.stream(users).map(UserId::new).collect(Collectors.toSet());
    }

    /** The contacts of every user. */
    void contacts(String... users) {
        contacts = Arrays.stream(users).map(UserId::new).toList();
    }

    @Override
    public CompletionStage<List<UserPresence>> shown(List<UserId> users) {
        asked.add(users);
        return ask(() -> states(users));
    }

    @Override
    public CompletionStage<PresenceList> seen(@Nullable UserId viewer, List<UserId> users, boolean fresh) {
        if (!fresh) {
            asked.add(users);
        }
        return ask(() -> {
            Set<UserId> unseen = viewer == null ? Set.of() : hidden;
            List<UserPresence> seen = states(users).stream()
                    .map(state -> unseen.contains(state.user())
                            ? new UserPresence(state.user(), Status.OFFLINE, null)
                            : state)
                    .toList();
            return new PresenceList(
                    seen, users.stream().filter(unseen::contains).toList());
        });
    }

    @Override
    public CompletionStage<ContactList> contacts(UserId user) {
        return CompletableFuture.completedStage(new ContactList(contacts, false));
    }

    private List<UserPresence> states(List<UserId> users) {
        return users.stream()
                .map(user -> new UserPresence(user, statuses.getOrDefault(user, Status.OFFLINE), null))
                .toList();
    }

    private <T> CompletionStage<T> ask(Supplier<T> found) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (unreachable) {
            answer.completeExceptionally(new RefusedException(ErrorCode.UNAVAILABLE, "away"));
            return answer;
        }
        T states = found.get();
        if (holds) {
            held.add(() -> answer.complete(states));
        } else {
            answer.complete(states);
        }
        return answer;
    }
}
