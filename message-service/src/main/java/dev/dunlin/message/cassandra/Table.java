package dev.dunlin.message.cassandra;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The definition of a table. Each table class has one and is the only place that names the columns
 * of its table.
 *
 * @param columns the columns of {@code create table}; a clustering order follows as {@code ) with
 *     …(}, whose last parenthesis {@link #create} closes
 * @param added columns that tables of older versions lack
 */
record Table(String name, String columns, List<Column> added) {
    Table(String name, String columns) {
        this(name, columns, List.of());
    }

    /** A column that a newer version of the service added. */
    record Column(String name, String type) {}

    /**
     * Creates the table if it is missing. Its id is made from its name: two nodes that are asked
     * for the same table at the same time create one and not two that disagree.
     */
    String create(String keyspace) {
        UUID id = UUID.nameUUIDFromBytes((keyspace + '.' + name).getBytes(StandardCharsets.UTF_8));
        return "create table if not exists %s.%s (%s)%sid = %s"
                .formatted(keyspace, name, columns, columns.contains(") with ") ? " and " : " with ", id);
    }

    /** Idempotent, also when several processes do it at once. */
    String add(String keyspace, Column column) {
        return "alter table %s.%s add if not exists %s %s".formatted(keyspace, name, column.name(), column.type());
    }
}
