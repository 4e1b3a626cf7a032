package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Optional;

/** Erasures in Cassandra, a row a user, and a list of those that are to do. Written with the clock's timestamps: they are no part of the log. */
final class CassandraErasures implements Erasures {
    private static final String FIND =
            "select user_id, requested, finished, messages, reactions, channels from $.erasure where user_id = ?";
    private static final String SAVE =
            "insert into $.erasure (user_id, requested, finished, messages, reactions, channels)"
                    + " values (?, ?, ?, ?, ?, ?)";
    private static final String TO_DO = "select requested, user_id from $.erasure_to_do where part = 'all' limit 100";
    private static final String ADD = "insert into $.erasure_to_do (part, requested, user_id) values ('all', ?, ?)";
    private static final String DONE =
            "delete from $.erasure_to_do where part = 'all' and requested = ? and user_id = ?";
    private static final int FINISHED = 2;

    private final Cql cql;

    CassandraErasures(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Erasure request(UserId user, long now) {
        Optional<Erasure> existing = find(user).filter(erasure -> erasure.finished() == null);
        Erasure erasure = existing.orElseGet(() -> new Erasure(user, now, null, 0, 0, 0));
        save(erasure);
        return erasure;
    }

    @Override
    public Optional<Erasure> find(UserId user) {
        return cql.first(cql.bind(FIND, user.value())).map(CassandraErasures::erasure);
    }

    @Override
    public Optional<Erasure> findToDo() {
        for (Row row : cql.read(cql.bind(TO_DO), MessageReader.MOST_ROWS, one -> false)) {
            Optional<Erasure> erasure = find(new UserId(Columns.text(row, "user_id")))
                    .filter(found -> found.finished() == null && found.requested() == row.getLong("requested"));
            if (erasure.isPresent()) {
                return erasure;
            }
            Cql.await(cql.write(List.of(cql.bind(DONE, row.getLong("requested"), Columns.text(row, "user_id")))));
        }
        return Optional.empty();
    }

    /** The list is changed so that a crash leaves an erasure in it that is done, rather than one out of it that is not. */
    @Override
    public void save(Erasure erasure) {
        String user = erasure.user().value();
        if (erasure.finished() == null) {
            Cql.await(cql.write(List.of(cql.bind(ADD, erasure.requested(), user))));
        }
        var row = cql.bind(
                SAVE,
                user,
                erasure.requested(),
                erasure.finished(),
                erasure.messages(),
                erasure.reactions(),
                erasure.channels());
        Cql.await(cql.write(List.of(erasure.finished() == null ? row.setToNull(FINISHED) : row)));
        if (erasure.finished() != null) {
            Cql.await(cql.write(List.of(cql.bind(DONE, erasure.requested(), user))));
        }
    }

    private static Erasure erasure(Row row) {
        return new Erasure(
                new UserId(Columns.text(row, "user_id")),
                row.getLong("requested"),
                Columns.nullableLong(row, "finished"),
                row.getLong("messages"),
                row.getLong("reactions"),
                row.getLong("channels"));
    }
}
