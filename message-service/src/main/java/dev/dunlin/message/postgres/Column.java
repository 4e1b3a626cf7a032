package dev.dunlin.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One attribute of many rows, as an array: a parameter of {@code unnest}. */
interface Column<T> {
    /** Sets the parameter at {@code at} to the attribute of each row. */
    void bind(Connection connection, PreparedStatement statement, int at, Collection<? extends T> rows)
            throws SQLException;

    static <T> Column<T> text(Function<T, @Nullable String> attribute) {
        return (connection, statement, at, rows) -> {
            @Nullable String[] values = new @Nullable String[rows.size()];
            int i = 0;
            for (T row : rows) {
                values[i++] = attribute.apply(row);
            }
            statement.setArray(at, connection.createArrayOf("text", values));
        };
    }

    static <T> Column<T> number(ToLongFunction<T> attribute) {
        return (connection, statement, at, rows) -> {
            long[] values = new long[rows.size()];
            int i = 0;
            for (T row : rows) {
                values[i++] = attribute.applyAsLong(row);
            }
            statement.setObject(at, values);
        };
    }

    static <T> Column<T> nullableNumber(Function<T, @Nullable Long> attribute) {
        return (connection, statement, at, rows) -> {
            @Nullable Long[] values = new @Nullable Long[rows.size()];
            int i = 0;
            for (T row : rows) {
                values[i++] = attribute.apply(row);
            }
            statement.setArray(at, connection.createArrayOf("bigint", values));
        };
    }

    static <T> Column<T> integer(ToIntFunction<T> attribute) {
        return (connection, statement, at, rows) -> {
            int[] values = new int[rows.size()];
            int i = 0;
            for (T row : rows) {
                values[i++] = attribute.applyAsInt(row);
            }
            statement.setObject(at, values);
        };
    }

    static <T> Column<T> flag(Predicate<T> attribute) {
        return (connection, statement, at, rows) -> {
            boolean[] values = new boolean[rows.size()];
            int i = 0;
            for (T row : rows) {
                values[i++] = attribute.test(row);
            }
            statement.setObject(at, values);
        };
    }

    static <T> Column<T> bytes(Function<T, byte @Nullable []> attribute) {
        return (connection, statement, at, rows) -> {
            byte @Nullable [][] values = new byte @Nullable [rows.size()][];
            int i = 0;
            for (T row : rows) {
                values[i++] = attribute.apply(row);
            }
            statement.setArray(at, connection.createArrayOf("bytea", values));
        };
    }
}
