package dev.dunlin.message.postgres;

import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.protocol.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import javax.sql.DataSource;

/** Erasures in PostgreSQL, a row a user. */
public final class PostgresErasures implements Erasures {
    private static final String COLUMNS = "user_id, requested, finished, messages, reactions, channels";

    private final Sql sql;

    public PostgresErasures(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Erasure request(UserId user, long nowMs) {
        return sql.query(
                        "insert into erasure as e (" + COLUMNS
                                + ") values (?, ?, null, 0, 0, 0) on conflict (user_id) do update set"
                                + " requested = case when e.finished is null then e.requested else excluded.requested end,"
                                + " messages = case when e.finished is null then e.messages else 0 end,"
                                + " reactions = case when e.finished is null then e.reactions else 0 end,"
                                + " channels = case when e.finished is null then e.channels else 0 end,"
                                + " finished = null returning " + COLUMNS,
                        statement -> {
                            statement.setString(1, user.value());
                            statement.setLong(2, nowMs);
                        },
                        PostgresErasures::erasure)
                .getFirst();
    }

    @Override
    public Optional<Erasure> find(UserId user) {
        return sql
                .query(
                        "select " + COLUMNS + " from erasure where user_id = ?",
                        statement -> statement.setString(1, user.value()),
                        PostgresErasures::erasure)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Erasure> findToDo() {
        return sql
                .query(
                        "select " + COLUMNS + " from erasure where finished is null order by requested limit 1",
                        statement -> {},
                        PostgresErasures::erasure)
                .stream()
                .findFirst();
    }

    @Override
    public void save(Erasure erasure) {
        sql.run(connection -> Sql.change(
                connection,
                "update erasure set finished = ?, messages = ?, reactions = ?, channels = ? where user_id = ?",
                statement -> {
                    statement.setObject(1, erasure.finished(), Types.BIGINT);
                    statement.setLong(2, erasure.messages());
                    statement.setLong(3, erasure.reactions());
                    statement.setLong(4, erasure.channels());
                    statement.setString(5, erasure.user().value());
                }));
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                new UserId(row.getString("user_id")),
                row.getLong("requested"),
                Rows.nullableLong(row, "finished"),
                row.getLong("messages"),
                row.getLong("reactions"),
                row.getLong("channels"));
    }
}
