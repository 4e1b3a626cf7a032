package dev.dunlin.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** Parts of SQL over sets of rows that go to the server together. One thread, used once. */
final class Script {
    private static final String ROWS = "{rows}";

    private final Connection connection;
    private final StringBuilder sql = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();

    Script(Connection connection) {
        this.connection = connection;
    }

    private interface Binding {
        void bind(PreparedStatement statement, int at) throws SQLException;
    }

    private record Part(String sql, List<Binding> bindings) {}

    /** Reads one row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Adds a part with a parameter for each column; nothing if there are no rows. {@code {rows}} in
     * the SQL becomes the table of the rows: {@code unnest} of arrays, or the cheaper
     * {@code values} if there is one row.
     */
    @SafeVarargs
    final <T> void add(String partSql, Collection<? extends T> rows, Column<T>... columns) {
        if (rows.isEmpty()) {
            return;
        }
        if (!partSql.contains(ROWS)) {
            throw new IllegalArgumentException("no " + ROWS + " in " + partSql);
        }
        List<Binding> bindings = new ArrayList<>(columns.length);
        StringJoiner parameters = new StringJoiner(", ");
        T only = rows.size() == 1 ? rows.iterator().next() : null;
        for (Column<T> column : columns) {
            if (only == null) {
                parameters.add("?");
                bindings.add((statement, at) -> column.many().bind(connection, statement, at, rows));
            } else {
                parameters.add("?::" + column.type());
                bindings.add((statement, at) -> column.one().bind(statement, at, only));
            }
        }
        String table = only == null ? "unnest(" + parameters + ")" : "(values (" + parameters + "))";
        parts.add(new Part(partSql.replace(ROWS, table), bindings));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Runs the parts, joined, as one query. */
    void query(String joint, RowReader reader) throws SQLException {
        try (PreparedStatement statement = prepare(joint);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /**
     * Runs the parts one after the other, in one round trip and one transaction: a connection in
     * autocommit mode ends it after the last.
     */
    void execute() throws SQLException {
        try (PreparedStatement statement = prepare("; ")) {
            statement.execute();
        }
    }

    private PreparedStatement prepare(String joint) throws SQLException {
        for (Part part : parts) {
            sql.append(sql.isEmpty() ? "" : joint).append(part.sql);
        }
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        int at = 1;
        for (Part part : parts) {
            for (Binding binding : part.bindings) {
                binding.bind(statement, at++);
            }
        }
        return statement;
    }
}
