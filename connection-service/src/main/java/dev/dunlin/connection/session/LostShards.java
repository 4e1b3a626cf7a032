package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/**
 * The shards whose events were dropped because too many waited. A list of all their sessions stands
 * for these events; until it is sent, no event of the shard is needed. Hub loop only.
 */
final class LostShards {
    private final SessionLists lists;
    private final Retries retries;
    private final HubLoop loop;
    private final IntConsumer drop;
    /** Shards whose list is not sent. */
    private final Set<Integer> lost = new TreeSet<>();
    /** Shard -> its list that is in flight. */
    private final Map<Integer, CompletionStage<Void>> inFlight = new HashMap<>();

    /**
     * @param drop drops the events of a shard that wait: after the list they would be out of date
     */
    LostShards(SessionLists lists, Retries retries, HubLoop loop, IntConsumer drop) {
        this.lists = lists;
        this.retries = retries;
        this.loop = loop;
        this.drop = drop;
    }

    /** Drops the events of the shard, and sends its list instead with the next {@link #send}. */
    void add(int shard) {
        lost.add(shard);
        inFlight.remove(shard);
        drop.accept(shard);
    }

    /** Whether the events of the shard are not needed, because its list will be sent. */
    boolean contains(int shard) {
        return lost.contains(shard);
    }

    /** Whether a list of the shard is not stored yet. */
    boolean awaits(int shard) {
        return contains(shard) || inFlight.containsKey(shard);
    }

    /** Whether the lists of all shards are stored. */
    boolean isEmpty() {
        return lost.isEmpty() && inFlight.isEmpty();
    }

    /**
     * Sends the lists: of one shard only while it is not known whether the log answers.
     *
     * @param done called after each list, stored or not
     */
    void send(Runnable done) {
        if (lost.isEmpty()) {
            return;
        }
        Set<Integer> now = new LinkedHashSet<>(
                lost.stream().limit(retries.answered() ? lost.size() : 1).toList());
        lost.removeAll(now);
        lists.send(now).forEach((shard, stored) -> {
            inFlight.put(shard, stored);
            var unused = stored.whenComplete((ok, failure) -> loop.execute(() -> {
                if (failure == null) {
                    retries.stored();
                    inFlight.remove(shard, stored);
                } else {
                    retries.failed(failure);
                    if (inFlight.remove(shard, stored)) {
                        add(shard);
                    }
                }
                done.run();
            }));
        });
    }
}
