package dev.dunlin.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of rows: a parameter of {@code unnest}, as an array, or one of {@code values} if
 * there is one row.
 *
 * @param type the type in SQL
 */
record Column<T>(String type, Many<T> many, One<T> one) {
    /** Sets the parameter at {@code at} to the attribute of each row. */
    interface Many<T> {
        void bind(Connection connection, PreparedStatement statement, int at, Collection<? extends T> rows)
                throws SQLException;
    }

    /** Sets the parameter at {@code at} to the attribute of a row. */
    interface One<T> {
        void bind(PreparedStatement statement, int at, T row) throws SQLException;
    }

    static <T> Column<T> text(Function<T, @Nullable String> attribute) {
        return new Column<>(
                "text",
                (connection, statement, at, rows) -> {
                    @Nullable String[] values = new @Nullable String[rows.size()];
                    int i = 0;
                    for (T row : rows) {
                        values[i++] = attribute.apply(row);
                    }
                    statement.setArray(at, connection.createArrayOf("text", values));
                },
                (statement, at, row) -> statement.setString(at, attribute.apply(row)));
    }

    static <T> Column<T> number(ToLongFunction<T> attribute) {
        return new Column<>(
                "bigint",
                (connection, statement, at, rows) -> {
                    long[] values = new long[rows.size()];
                    int i = 0;
                    for (T row : rows) {
                        values[i++] = attribute.applyAsLong(row);
                    }
                    statement.setObject(at, values);
                },
                (statement, at, row) -> statement.setLong(at, attribute.applyAsLong(row)));
    }

    static <T> Column<T> nullableNumber(Function<T, @Nullable Long> attribute) {
        return new Column<>(
                "bigint",
                (connection, statement, at, rows) -> {
                    @Nullable Long[] values = new @Nullable Long[rows.size()];
                    int i = 0;
                    for (T row : rows) {
                        values[i++] = attribute.apply(row);
                    }
                    statement.setArray(at, connection.createArrayOf("bigint", values));
                },
                (statement, at, row) -> statement.setObject(at, attribute.apply(row), Types.BIGINT));
    }

    static <T> Column<T> integer(ToIntFunction<T> attribute) {
        return new Column<>(
                "integer",
                (connection, statement, at, rows) -> {
                    int[] values = new int[rows.size()];
                    int i = 0;
                    for (T row : rows) {
                        values[i++] = attribute.applyAsInt(row);
                    }
                    statement.setObject(at, values);
                },
                (statement, at, row) -> statement.setInt(at, attribute.applyAsInt(row)));
    }

    static <T> Column<T> flag(Predicate<T> attribute) {
        return new Column<>(
                "boolean",
                (connection, statement, at, rows) -> {
                    boolean[] values = new boolean[rows.size()];
                    int i = 0;
                    for (T row : rows) {
                        values[i++] = attribute.test(row);
                    }
                    statement.setObject(at, values);
                },
                (statement, at, row) -> statement.setBoolean(at, attribute.test(row)));
    }

    static <T> Column<T> bytes(Function<T, byte @Nullable []> attribute) {
        return new Column<>(
                "bytea",
                (connection, statement, at, rows) -> {
                    byte @Nullable [][] values = new byte @Nullable [rows.size()][];
                    int i = 0;
                    for (T row : rows) {
                        values[i++] = attribute.apply(row);
                    }
                    statement.setArray(at, connection.createArrayOf("bytea", values));
                },
                (statement, at, row) -> statement.setBytes(at, attribute.apply(row)));
    }
}
