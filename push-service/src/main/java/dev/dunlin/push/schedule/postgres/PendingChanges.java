package dev.dunlin.push.schedule.postgres;

import dev.dunlin.push.postgres.Arrays;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Deleted;
import dev.dunlin.push.schedule.Pending.Read;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What events change in {@code push_pending}. A row that is in flight keeps its {@code due_at}, the
 * end of its lease: what changed meanwhile is sent when it is settled.
 */
final class PendingChanges {
    /** A device learns of a read mark after this, so that several marks make one push. */
    private static final Duration CLEAR_AFTER = Duration.ofSeconds(1);

    private static final int ROWS_A_STATEMENT = 5_000;

    private static final String ADD = """
            insert into push_pending as p (device_id, channel, user_id, origin, epoch, seqs, newest, count, mentioned,
                due_at, waiting, changed_at)
            select a.device, a.channel, a.user_id, a.origin, a.epoch, a.seqs::bigint[], a.newest,
                a.count, a.mentioned, a.due, a.due, ?
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as a(device, channel, user_id, origin, epoch, seqs, newest, count, mentioned, due)
            order by a.device, a.channel
            on conflict (device_id, channel) do update set (epoch, origin, seqs, newest, count, mentioned, quiet,
                due_at, waiting, attempts, shown, ended, ended_by, error, changed_at) = (
                select excluded.epoch, excluded.origin, n.seqs[greatest(1, cardinality(n.seqs) - %1$d):], excluded.newest, n.count,
                    excluded.mentioned or (n.more and p.mentioned), false,
                    case when p.in_flight then p.due_at
                        when n.more and p.due_at is not null and p.attempts > 0 then p.due_at
                        when n.more and p.due_at is not null then least(p.due_at, n.due) else n.due end,
                    case when n.more and p.due_at is not null then p.waiting else n.due end,
                    case when n.more and p.due_at is not null or p.in_flight then p.attempts else 0 end,
                    case when p.epoch = excluded.epoch then p.shown else 0 end,
                    case when p.epoch = excluded.epoch then p.ended else 0 end,
                    null, null, excluded.changed_at
                from (select
                    p.epoch = excluded.epoch and p.count > 0 as more,
                    case when p.epoch = excluded.epoch and p.count > 0 then p.seqs || fresh.seqs else fresh.seqs end as seqs,
                    case when p.epoch = excluded.epoch and p.count > 0 then p.count else 0 end + case
                        when cardinality(fresh.seqs) = cardinality(excluded.seqs) then excluded.count
                        else cardinality(fresh.seqs) end as count,
                    case when excluded.mentioned or p.shown_at is null or p.epoch <> excluded.epoch then excluded.due_at
                        else greatest(excluded.due_at, p.shown_at + ?::interval) end as due
                    from (select array(select s from unnest(excluded.seqs) as s
                        where s > p.newest or p.epoch <> excluded.epoch order by s) as seqs) fresh) n)
            where p.epoch <> excluded.epoch or p.newest < excluded.newest""".formatted(Pending.KEPT - 1);

    private static final String READ = """
            update push_pending p set (seqs, count, ended, ended_by, attempts, due_at, waiting, quiet, changed_at) = (
                select r.seqs, r.count, greatest(p.ended, least(p.newest, ?)), 'read',
                    case when r.count > 0 or p.in_flight then p.attempts else 0 end,
                    case when r.count > 0 or p.in_flight then p.due_at when p.shown > 0 then ?::timestamptz end,
                    case when r.count > 0 then p.waiting else ?::timestamptz end, p.quiet and r.count > 0, ?
                from (select kept.seqs, case when p.newest <= ? then 0
                    when cardinality(kept.seqs) < cardinality(p.seqs) then cardinality(kept.seqs) else p.count end as count
                    from (select array(select s from unnest(p.seqs) as s where s > ? order by s) as seqs) kept) r)
            where channel = ? and user_id = ? and epoch = ? and count > 0""";

    private static final String DELETE = """
            update push_pending p set (seqs, count, ended, ended_by, due_at, waiting, quiet, changed_at) = (
                select r.seqs, r.count, case when r.count = 0 then greatest(p.ended, p.newest) else p.ended end,
                    case when r.count = 0 then 'deleted' else p.ended_by end,
                    case when p.in_flight or r.count > 0 and (p.shown <> ? or p.due_at is not null) then p.due_at
                        when p.shown > 0 then ?::timestamptz end,
                    case when p.due_at is null then ?::timestamptz else p.waiting end,
                    p.quiet or (p.due_at is null and r.count > 0), ?
                from (select array_remove(p.seqs, ?) as seqs, greatest(p.count - 1, 0) as count) r)
            where channel = ? and epoch = ? and ? = any(seqs)""";

    private PendingChanges() {}

    static void read(Connection connection, List<Read> reads, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(READ)) {
            for (Read read : reads) {
                Arrays.of(connection, update)
                        .value(read.seq())
                        .time(now.plus(CLEAR_AFTER))
                        .time(now.plus(CLEAR_AFTER))
                        .time(now)
                        .value(read.seq())
                        .value(read.seq())
                        .value(read.channel().value())
                        .value(read.user().value())
                        .value(read.epoch().value());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    static void delete(Connection connection, List<Deleted> deleted, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(DELETE)) {
            for (Deleted one : deleted) {
                Arrays.of(connection, update)
                        .value(one.seq())
                        .time(now)
                        .time(now)
                        .time(now)
                        .value(one.seq())
                        .value(one.channel().value())
                        .value(one.epoch().value())
                        .value(one.seq());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    static void add(Connection connection, List<Addition> additions, Duration collapse, Instant now)
            throws SQLException {
        List<Addition> sorted = additions.stream()
                .sorted(Comparator.comparing(
                                (Addition addition) -> addition.device().value())
                        .thenComparing(addition -> addition.channel().value()))
                .toList();
        for (int start = 0; start < sorted.size(); start += ROWS_A_STATEMENT) {
            List<Addition> some = sorted.subList(start, Math.min(sorted.size(), start + ROWS_A_STATEMENT));
            try (PreparedStatement insert = connection.prepareStatement(ADD)) {
                Arrays.of(connection, insert)
                        .time(now)
                        .devices(some, Addition::device)
                        .texts(some, addition -> addition.channel().value())
                        .texts(some, addition -> addition.user().value())
                        .texts(some, Addition::origin)
                        .texts(some, addition -> addition.epoch().value())
                        .texts(some, addition -> array(addition.seqs()))
                        .longs(some, Addition::newest)
                        .longs(some, addition -> (long) addition.count())
                        .booleans(some, Addition::mentioned)
                        .times(some, Addition::due)
                        .value(collapse.toMillis() + " milliseconds");
                insert.executeUpdate();
            }
        }
    }

    private static String array(List<Long> seqs) {
        return seqs.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
