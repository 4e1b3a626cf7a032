package dev.dunlin.connection.presence;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.PresenceList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks again whom the watchers may see, some of them at a time, and retries what failed after a
 * growing pause. Hub loop only.
 */
final class VisibilityChecks {
    private static final int MOST_AT_ONCE = 8;

    private final PresenceQuery query;
    private final HubLoop loop;
    private final Map<Watcher, Set<Watched>> due = new LinkedHashMap<>();
    private final Backoff failures = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    private int running;
    private boolean pausing;

    VisibilityChecks(PresenceQuery query, HubLoop loop) {
        this.query = query;
        this.loop = loop;
    }

    /** Checks whether the watcher may see these users, soon. */
    void check(Watcher watcher, Collection<Watched> users) {
        if (!users.isEmpty()) {
            due.computeIfAbsent(watcher, any -> new LinkedHashSet<>()).addAll(users);
            if (!pausing) {
                loop.execute(this::run); // what comes in the same turn shares a question
            }
        }
    }

    /** The watcher has ended. */
    void forget(Watcher watcher) {
        due.remove(watcher);
    }

    private void run() {
        while (!pausing && running < MOST_AT_ONCE && !due.isEmpty()) {
            Watcher watcher = due.keySet().iterator().next();
            ask(watcher, take(watcher));
        }
    }

    private List<Watched> take(Watcher watcher) {
        Set<Watched> left = due.getOrDefault(watcher, Set.of());
        List<Watched> taken = new ArrayList<>();
        Iterator<Watched> all = left.iterator();
        while (all.hasNext() && taken.size() < PresenceQuery.MOST) {
            Watched next = all.next();
            all.remove();
            if (watcher.find(next.user()).filter(next::equals).isPresent()) {
                taken.add(next);
            }
        }
        if (left.isEmpty()) {
            due.remove(watcher);
        }
        return taken;
    }

    private void ask(Watcher watcher, List<Watched> users) {
        if (users.isEmpty()) {
            return;
        }
        running++;
        Question question = new Question(users);
        List<UserId> ids = users.stream().map(Watched::user).toList();
        var unused = query.seen(watcher.viewer(), ids, true)
                .whenComplete((answer, failure) -> loop.execute(() -> answered(watcher, users, question, answer)));
    }

    private void answered(Watcher watcher, List<Watched> users, Question question, @Nullable PresenceList answer) {
        running--;
        if (answer == null) {
            question.failed();
            due.computeIfAbsent(watcher, any -> new LinkedHashSet<>()).addAll(users);
            pause();
        } else {
            question.checked(answer);
            failures.reset();
        }
        run();
    }

    private void pause() {
        if (!pausing) {
            pausing = true;
            loop.after(failures.next(), () -> {
                pausing = false;
                run();
            });
        }
    }
}
