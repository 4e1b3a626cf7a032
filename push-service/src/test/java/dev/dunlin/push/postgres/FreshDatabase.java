package dev.dunlin.push.postgres;

import dev.dunlin.engines.testing.TestEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty database with all migrations, on the shared PostgreSQL. */
public final class FreshDatabase {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    public FreshDatabase(String name) throws IOException, SQLException {
        TestEngines engines = TestEngines.join();
        engines.freshDatabase(name);
        source.setUrl(engines.jdbcUrl(name));
        source.setUser(engines.databaseUser());
        source.setPassword(engines.databasePassword());
        for (Path migration : migrations()) {
            execute(Files.readString(migration));
        }
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted().toList();
        }
    }

    public Database database() {
        return new Database(source);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number that a query returns. */
    public long number(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
