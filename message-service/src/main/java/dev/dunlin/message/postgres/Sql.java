package dev.dunlin.message.postgres;

import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.RefusedData;
import dev.dunlin.message.command.StoreFailure;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Queries over JDBC. Thread-safe; blocks. */
final class Sql {
    /**
     * Classes of SQLSTATE: cardinality, data, integrity, and sizes that the server is not made for.
     */
    private static final Set<String> REFUSED = Set.of("21", "22", "23", "54");

    /** A trigger of the operator's says no. */
    private static final String RAISED = "P0001";

    /** Much longer than any statement of a healthy server takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For background work, which goes through many rows at once while nobody waits for it. */
    private static final Duration PATIENCE_IN_BACKGROUND = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final boolean background;

    Sql(DataSource dataSource) {
        this(dataSource, false);
    }

    private Sql(DataSource dataSource, boolean background) {
        this.dataSource = dataSource;
        this.background = background;
    }

    /**
     * For removing rows in the background: its statements have a longer limit than those of the
     * pool.
     */
    static Sql inBackground(DataSource dataSource) {
        return new Sql(dataSource, true);
    }

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Something that is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** A write without a result. */
    interface Change {
        void with(Connection connection) throws SQLException;
    }

    /**
     * Runs {@code work} with a connection in which each statement is its own transaction. Throws
     * {@link StoreFailure}.
     */
    <T> T run(Work<T> work) {
        try (Connection connection = connection()) {
            return background ? unhurried(connection, work) : work.with(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Restores the pool's limit afterwards; a failure of the work is still the one that is thrown.
     */
    private static <T> T unhurried(Connection connection, Work<T> work) throws SQLException {
        try (Statement limit = connection.createStatement()) {
            limit.execute("set statement_timeout = '" + (PATIENCE_IN_BACKGROUND.toSeconds() - 1) + "s'");
            try (Reset _ = () -> limit.execute("reset statement_timeout")) {
                return work.with(connection);
            }
        }
    }

    private interface Reset extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** As {@link #run}, and throws {@link RefusedData} if the server will never accept this. */
    <T> T load(Work<T> work) {
        try (Connection connection = connection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw isRefused(e) ? new RefusedData(message(e), e) : failure(e);
        }
    }

    /** A write of the log. Throws {@link StoreFailure} if it may pass. */
    Append append(Change change) {
        try (Connection connection = connection()) {
            change.with(connection);
            return Append.STORED;
        } catch (SQLException e) {
            if (LogAppender.STALE.equals(e.getSQLState())) {
                return new Append.Stale(message(e));
            }
            if (isRefused(e)) {
                return new Append.Refused(new RefusedData(message(e), e));
            }
            throw failure(e);
        }
    }

    /** Runs {@code work} in one transaction and gives its result. */
    <T> T inTransaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    <T> List<T> query(String sql, Binder binder, RowReader<T> reader) {
        return run(connection -> query(connection, sql, binder, reader));
    }

    static <T> List<T> query(Connection connection, String sql, Binder binder, RowReader<T> reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            }
        }
    }

    /** A parameter of the type {@code text[]}. */
    static Array texts(PreparedStatement statement, Stream<String> texts) throws SQLException {
        return statement.getConnection().createArrayOf("text", texts.toArray());
    }

    /** Runs a statement that changes rows; how many. */
    static int change(Connection connection, String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            return statement.executeUpdate();
        }
    }

    /**
     * A connection of the pool. Waiting longer than the patience for a silent server fails; the
     * server ends a statement one second before that.
     */
    private Connection connection() throws SQLException {
        Connection connection = dataSource.getConnection();
        Duration patience = background ? PATIENCE_IN_BACKGROUND : PATIENCE;
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
        return connection;
    }

    private static boolean isRefused(SQLException e) {
        String sqlState = e.getSQLState();
        return sqlState != null
                && sqlState.length() == 5
                && (sqlState.equals(RAISED) || REFUSED.contains(sqlState.substring(0, 2)));
    }

    private static StoreFailure failure(SQLException e) {
        return new StoreFailure(message(e), e);
    }

    private static String message(SQLException e) {
        return "PostgreSQL: " + e.getMessage();
    }
}
