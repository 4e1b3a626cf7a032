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

/** A real database with this service's tables. */
public final class TestDatabase {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private TestDatabase() {}

    /** A new one of that name, with all tables. */
    public static TestDatabase fresh(String name) throws IOException, SQLException {
        TestDatabase database = empty(name);
        for (String migration : migrations()) {
            database.migrate(migration);
        }
        return database;
    }

    /** A new one of that name, without tables. */
    public static TestDatabase empty(String name) {
        TestEngines engines = TestEngines.join();
        engines.freshDatabase(name);
        TestDatabase database = new TestDatabase();
        database.source.setUrl(engines.jdbcUrl(name));
        database.source.setUser(engines.databaseUser());
        database.source.setPassword(engines.databasePassword());
        return database;
    }

    /** The names of the migrations, in order. */
    public static List<String> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    public void migrate(String migration) throws IOException, SQLException {
        execute(Files.readString(MIGRATIONS.resolve(migration)));
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
        return Long.parseLong(one(sql));
    }

    /** The first column of the first row, as text. */
    public String one(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
