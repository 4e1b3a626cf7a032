package dev.dunlin.engines;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Makes databases. Names are the stack's own, never a user's. Blocks. */
public final class Databases {
    private final EngineAddresses addresses;

    public Databases(EngineAddresses addresses) {
        this.addresses = addresses;
    }

    /** Makes those that are not there; true when all are. */
    boolean createMissing(List<String> names) throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Set<String> missing = new HashSet<>(names);
            try (ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
                while (rows.next()) {
                    missing.remove(rows.getString(1));
                }
            }
            for (String name : missing) {
                statement.execute("CREATE DATABASE " + quoted(name));
            }
            return true;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Drops the database, with its connections, and makes it again. */
    public void recreate(String name) throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + quoted(name));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EngineAddresses.USER);
        properties.setProperty("password", addresses.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(addresses.jdbcUrl("postgres"), properties);
    }

    private static String quoted(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,50}")) {
            throw new IllegalArgumentException("not a database's name: " + name);
        }
        return '"' + name + '"';
    }
}
