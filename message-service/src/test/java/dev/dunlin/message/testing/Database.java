package dev.dunlin.message.testing;

import dev.dunlin.protocol.ChannelName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Looks into the store behind the service's back. */
public final class Database {
    private final DataSource dataSource;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** How many rows of a table belong to a channel. */
    public int count(String table, ChannelName channel) {
        String sql = "select count(*) from " + table + " where channel = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, channel.value());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The frames of a channel's events by their seq, in order. */
    public SortedMap<Long, byte[]> frames(ChannelName channel) {
        SortedMap<Long, byte[]> frames = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select seq, frame from event where channel = ?")) {
            statement.setString(1, channel.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    frames.put(rows.getLong(1), rows.getBytes(2));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return frames;
    }

    /** Runs a statement that changes the schema. */
    public void alter(String sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** How many rows a channel has of its own. */
    public int channels(ChannelName channel) {
        return count("(select name as channel from channel) c", channel);
    }
}
