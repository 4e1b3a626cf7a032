package dev.dunlin.push.postgres;

import dev.dunlin.push.Unreachable;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The database of this service. Blocks; called on virtual threads. */
public final class Database {
    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** Statements that run in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction. Throws {@link Unreachable} if it may succeed later, and
     * {@link IllegalStateException} if the database rejects the data.
     */
    public <T> T transact(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback(); // nothing is left to roll back after a commit
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    /** SQL state classes 22 and 23: data exception, integrity constraint violation. */
    private static RuntimeException explain(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"))
                ? new IllegalStateException("the database rejects the data: " + e.getMessage(), e)
                : new Unreachable("database: " + e.getMessage(), e);
    }
}
