package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Blocks and contacts in Cassandra. Blocks are written with the clock's timestamps: they are no part of the log. */
final class CassandraContacts implements Contacts {
    private static final String BLOCK = "insert into $.block (user_id, blocked, since) values (?, ?, ?)";
    private static final String UNBLOCK = "delete from $.block where user_id = ? and blocked = ?";
    private static final String BLOCKED =
            "select blocked, since from $.block where user_id = ? and blocked > ? limit ?";
    private static final String BLOCKING = "select user_id from $.block where user_id = ? and blocked = ?";
    private static final String WROTE =
            "select user_id from $.authored_in where user_id = ? and channel = ? and epoch = ? limit 1";

    private final Cql cql;

    CassandraContacts(Cql cql) {
        this.cql = cql;
    }

    @Override
    public void block(UserId user, UserId blocked, long since) {
        if (blocking(blocked, List.of(user)).isEmpty()) {
            write(cql.bind(BLOCK, user.value(), blocked.value(), since));
        }
    }

    @Override
    public void unblock(UserId user, UserId blocked) {
        write(cql.bind(UNBLOCK, user.value(), blocked.value()));
    }

    @Override
    public List<Blocked> blocked(UserId user, @Nullable UserId after, int limit) {
        return cql
                .read(
                        cql.bind(BLOCKED, user.value(), after == null ? "" : after.value(), limit),
                        MessageReader.MOST_ROWS,
                        row -> false)
                .stream()
                .map(row -> new Blocked(new UserId(Columns.text(row, "blocked")), row.getLong("since")))
                .toList();
    }

    @Override
    public Set<UserId> blocking(UserId user, Collection<UserId> candidates) {
        Map<UserId, CompletableFuture<List<Row>>> requests = new HashMap<>();
        candidates.forEach(one -> requests.put(one, cql.rows(cql.bind(BLOCKING, one.value(), user.value()))));
        return found(requests);
    }

    @Override
    public Set<UserId> contacts(UserId user, Collection<UserId> candidates) {
        Map<ChannelName, UserId> direct = new HashMap<>();
        candidates.forEach(one -> ChannelName.direct(user, one).ifPresent(channel -> direct.put(channel, one)));
        Map<UserId, CompletableFuture<List<Row>>> requests = new HashMap<>();
        ChannelRow.find(cql, direct.keySet()).forEach((name, channel) -> {
            UserId one = direct.get(name);
            if (one != null && channel.live()) {
                requests.put(one, cql.rows(cql.bind(WROTE, one.value(), channel.name(), channel.epoch())));
            }
        });
        return found(requests);
    }

    private static Set<UserId> found(Map<UserId, CompletableFuture<List<Row>>> requests) {
        Cql.awaitAll(requests.values());
        Set<UserId> found = new HashSet<>();
        requests.forEach((user, request) -> {
            if (!request.join().isEmpty()) {
                found.add(user);
            }
        });
        return found;
    }

    private void write(BoundStatement statement) {
        Cql.await(cql.write(List.of(statement)));
    }
}
