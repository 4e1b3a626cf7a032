package dev.dunlin.message.postgres;

import dev.dunlin.message.upkeep.OneAtATime;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An advisory lock of a session: who dies gives it back. */
public final class PostgresOneAtATime implements OneAtATime {
    /** "dunlin" in ASCII. */
    private static final long KEY = 0x64756e6c696eL;

    private final Sql sql;

    public PostgresOneAtATime(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public boolean tryRun(Runnable work) {
        return sql.run(connection -> {
            if (!ask(connection, "select pg_try_advisory_lock(?)")) {
                return false;
            }
            try {
                work.run();
            } finally {
                ask(connection, "select pg_advisory_unlock(?)");
            }
            return true;
        });
    }

    private static boolean ask(Connection connection, String function) throws SQLException {
        return Sql.query(connection, function, statement -> statement.setLong(1, KEY), row -> row.getBoolean(1))
                .getFirst();
    }
}
