package dev.dunlin.benchmark.push;

import dev.dunlin.engines.EngineAddresses;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The tables of push-service in PostgreSQL. Used by one thread; blocks. */
final class PushTables implements AutoCloseable {
    private final Connection connection;

    PushTables(EngineAddresses engines) throws IOException {
        try {
            this.connection =
                    DriverManager.getConnection(engines.jdbcUrl("push"), EngineAddresses.USER, engines.password());
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Rows, and bytes with indexes, of what is pending and of what was decided. */
    record Sizes(long pendingRows, long pendingBytes, long messageRows, long messageBytes) {}

    Sizes sizes() throws IOException {
        return new Sizes(
                number("select count(*) from push_pending"),
                number("select pg_total_relation_size('push_pending')"),
                number("select count(*) from push_message"),
                number("select pg_total_relation_size('push_message')"));
    }

    /** Whether the message is among what the member's device is to show. */
    boolean isPending(Group group, int member, long seq) throws IOException {
        return number(
                        "select count(*) from push_pending where channel = ? and user_id = ? and newest >= ?",
                        group.channel(),
                        group.member(member),
                        seq)
                > 0;
    }

    /** How many devices are to show the message. */
    long pending(Group group, long seq) throws IOException {
        return number(
                "select count(*) from push_pending where channel = ? and newest >= ? and due_at is not null",
                group.channel(),
                seq);
    }

    /** How many rows of the group have something to send. */
    long waiting(Group group) throws IOException {
        return number("select count(*) from push_pending where channel = ? and due_at is not null", group.channel());
    }

    /** Makes due now what waits for {@code dunlin.push.delay}; returns how many rows. */
    int makeDue(Group group) throws IOException {
        try (PreparedStatement update = connection.prepareStatement(
                "update push_pending set due_at = now(), waiting = now() where channel = ? and due_at > now() and not in_flight")) {
            update.setString(1, group.channel());
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private long number(String query, Object... parameters) throws IOException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
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
