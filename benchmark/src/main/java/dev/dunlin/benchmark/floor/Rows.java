package dev.dunlin.benchmark.floor;

import dev.dunlin.engines.EngineAddresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection to the one table of PostgreSQL to which each row is committed alone. Used by one
 * thread; blocks.
 */
final class Rows implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    /** Makes the table. */
    static void create(EngineAddresses engines, String database) throws SQLException {
        try (Connection connection = connect(engines, database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE floor (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data jsonb NOT NULL)");
        }
    }

    Rows(EngineAddresses engines, String database) throws SQLException {
        this.connection = connect(engines, database);
        this.insert = connection.prepareStatement("INSERT INTO floor (data) VALUES (?::jsonb)");
    }

    private static Connection connect(EngineAddresses engines, String database) throws SQLException {
        return DriverManager.getConnection(engines.jdbcUrl(database), EngineAddresses.USER, engines.password());
    }

    /** Inserts a row and commits it. */
    void insert(byte[] json) throws SQLException {
        insert.setString(1, new String(json, StandardCharsets.UTF_8));
        insert.executeUpdate();
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
