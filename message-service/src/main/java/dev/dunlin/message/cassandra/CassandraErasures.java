package dev.dunlin.message.cassandra;

import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.protocol.UserId;
import java.util.Optional;

/**
 * Erasures in Cassandra, a row a user, and a list of those that are not finished. Written with the
 * clock's timestamps: they are no part of the log.
 */
final class CassandraErasures implements Erasures {
    private final ErasureTable erasures;
    private final ErasureToDoTable toDo;

    CassandraErasures(Tables tables) {
        this.erasures = tables.erasures();
        this.toDo = tables.erasuresToDo();
    }

    @Override
    public Erasure request(UserId user, long nowMs) {
        Optional<Erasure> existing = find(user).filter(erasure -> erasure.finished() == null);
        Erasure erasure = existing.orElseGet(() -> new Erasure(user, nowMs, null, 0, 0, 0));
        save(erasure);
        return erasure;
    }

    @Override
    public Optional<Erasure> find(UserId user) {
        return erasures.find(user);
    }

    @Override
    public Optional<Erasure> findToDo() {
        for (ErasureToDoTable.Entry entry : toDo.oldest()) {
            Optional<Erasure> erasure = find(entry.user())
                    .filter(found -> found.finished() == null && found.requested() == entry.requested());
            if (erasure.isPresent()) {
                return erasure;
            }
            toDo.remove(entry);
        }
        return Optional.empty();
    }

    /**
     * A crash leaves a finished erasure in the list, rather than one out of it that is not
     * finished.
     */
    @Override
    public void save(Erasure erasure) {
        ErasureToDoTable.Entry entry = new ErasureToDoTable.Entry(erasure.requested(), erasure.user());
        if (erasure.finished() == null) {
            toDo.insert(entry);
        }
        erasures.save(erasure);
        if (erasure.finished() != null) {
            toDo.remove(entry);
        }
    }
}
