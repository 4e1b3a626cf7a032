package dev.dunlin.push.postgres;

import dev.dunlin.protocol.TextValue;
import dev.dunlin.push.device.DeviceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Parameters of statements that are arrays, one for each column, for {@code unnest}. */
public final class Arrays {
    private final Connection connection;
    private final PreparedStatement statement;
    private int next = 1;

    private Arrays(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /** Sets the parameters of the statement from the first on. */
    public static Arrays of(Connection connection, PreparedStatement statement) {
        return new Arrays(connection, statement);
    }

    /** The next parameter, of any type that the driver knows. */
    public Arrays value(Object value) throws SQLException {
        statement.setObject(next++, value);
        return this;
    }

    /** The next parameter, a time. */
    public Arrays time(Instant time) throws SQLException {
        return value(utc(time));
    }

    /** The next parameter, {@code text[]}. */
    public <T> Arrays texts(List<T> rows, Function<T, String> column) throws SQLException {
        return array("text", rows.stream().map(column).toArray());
    }

    /** The next parameter, {@code text[]}. */
    public Arrays texts(Collection<? extends TextValue> values) throws SQLException {
        return array("text", values.stream().map(TextValue::value).toArray());
    }

    /** The next parameter, {@code bigint[]}. */
    public <T> Arrays longs(List<T> rows, Function<T, Long> column) throws SQLException {
        return array("bigint", rows.stream().map(column).toArray());
    }

    /** The next parameter, {@code boolean[]}. */
    public <T> Arrays booleans(List<T> rows, Function<T, Boolean> column) throws SQLException {
        return array("boolean", rows.stream().map(column).toArray());
    }

    /** The next parameter, {@code uuid[]}. */
    public <T> Arrays devices(List<T> rows, Function<T, DeviceId> column) throws SQLException {
        return array("uuid", rows.stream().map(row -> column.apply(row).value()).toArray());
    }

    /** The next parameter, {@code timestamptz[]}. */
    public <T> Arrays times(List<T> rows, Function<T, Instant> column) throws SQLException {
        return array(
                "timestamptz", rows.stream().map(row -> utc(column.apply(row))).toArray());
    }

    private Arrays array(String type, Object[] values) throws SQLException {
        statement.setArray(next++, connection.createArrayOf(type, values));
        return this;
    }

    /** As the driver wants it. */
    public static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
