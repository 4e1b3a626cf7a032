package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import dev.dunlin.message.userdata.Erasures.Erasure;
import dev.dunlin.protocol.UserId;
import java.util.Optional;

/** Table {@code erasure}: the last erasure of each user. Written with the clock's timestamps. */
final class ErasureTable {
    static final Table DEFINITION = new Table(
            "erasure",
            "user_id text primary key, requested bigint, finished bigint, messages bigint, reactions bigint, channels bigint");

    private static final String SELECT =
            "select user_id, requested, finished, messages, reactions, channels from $.erasure where user_id = ?";
    private static final String SAVE =
            "insert into $.erasure (user_id, requested, finished, messages, reactions, channels)"
                    + " values (?, ?, ?, ?, ?, ?)";
    private static final int FINISHED = 2;

    private final Cql cql;

    ErasureTable(Cql cql) {
        this.cql = cql;
    }

    Optional<Erasure> find(UserId user) {
        return cql.first(cql.bind(SELECT, user.value()))
                .map(row -> new Erasure(
                        Columns.user(row),
                        row.getLong("requested"),
                        Columns.nullableLong(row, "finished"),
                        row.getLong("messages"),
                        row.getLong("reactions"),
                        row.getLong("channels")));
    }

    void save(Erasure erasure) {
        BoundStatement row = cql.bind(
                SAVE,
                erasure.user().value(),
                erasure.requested(),
                erasure.finished(),
                erasure.messages(),
                erasure.reactions(),
                erasure.channels());
        cql.execute(erasure.finished() == null ? row.setToNull(FINISHED) : row);
    }
}
