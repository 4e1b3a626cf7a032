package dev.dunlin.benchmark.server;

import dev.dunlin.engines.EngineAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs the statements of a file in a database. Blocks. */
final class SqlScript {
    private SqlScript() {}

    static void run(EngineAddresses engines, String database, Path file) throws IOException {
        try (Connection connection = DriverManager.getConnection(
                        engines.jdbcUrl(database), EngineAddresses.USER, engines.password());
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(file));
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
