package dev.dunlin.message.cassandra;

import dev.dunlin.message.contact.Contacts.Blocked;
import dev.dunlin.protocol.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Table {@code block}: whom users block. Written with the clock's timestamps: blocks are no part of
 * the log.
 */
final class BlockTable {
    static final Table DEFINITION =
            new Table("block", "user_id text, blocked text, since bigint, primary key ((user_id), blocked)");

    private static final String INSERT = "insert into $.block (user_id, blocked, since) values (?, ?, ?)";
    private static final String REMOVE = "delete from $.block where user_id = ? and blocked = ?";
    private static final String PAGE = "select blocked, since from $.block where user_id = ? and blocked > ? limit ?";
    private static final String ALL = "select blocked from $.block where user_id = ?";
    private static final String ONE = "select user_id from $.block where user_id = ? and blocked = ?";

    private final Cql cql;

    BlockTable(Cql cql) {
        this.cql = cql;
    }

    void insert(UserId user, UserId blocked, long since) {
        cql.execute(cql.bind(INSERT, user.value(), blocked.value(), since));
    }

    void remove(UserId user, UserId blocked) {
        cql.execute(cql.bind(REMOVE, user.value(), blocked.value()));
    }

    List<Blocked> page(UserId user, String after, int limit) {
        return cql.read(
                cql.bind(PAGE, user.value(), after, limit),
                row -> new Blocked(new UserId(Columns.text(row, "blocked")), row.getLong("since")));
    }

    /** The ids of those whom a user blocks. Bounded where blocks are written. */
    Set<String> all(UserId user) {
        return new HashSet<>(cql.read(cql.bind(ALL, user.value()), row -> Columns.text(row, "blocked")));
    }

    /** Starts to read whether {@code user} blocks another. */
    Pending<UserId> start(UserId user, UserId blocked) {
        return cql.start(cql.bind(ONE, user.value(), blocked.value()), Columns::user);
    }
}
