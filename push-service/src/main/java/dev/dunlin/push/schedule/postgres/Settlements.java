package dev.dunlin.push.schedule.postgres;

import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.postgres.Arrays;
import dev.dunlin.push.schedule.Pending.Settled;
import dev.dunlin.push.schedule.Pending.Settled.Cleared;
import dev.dunlin.push.schedule.Pending.Settled.Ended;
import dev.dunlin.push.schedule.Pending.Settled.GivenUp;
import dev.dunlin.push.schedule.Pending.Settled.Postponed;
import dev.dunlin.push.schedule.Pending.Settled.Retried;
import dev.dunlin.push.schedule.Pending.Settled.Shown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what became of claimed rows. A row may have changed while it was claimed: messages came,
 * or were read or deleted. A row that was claimed again since then is left to that claim.
 */
final class Settlements {
    private static final String SETTLE = """
            with s as materialized (select *, ?::timestamptz as now, ?::interval as collapse
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as s(device, channel, outcome, attempt, newest, seq, due, afresh, reason, error)),
            locked as materialized (select p.device_id, p.channel from push_pending p
                join s on p.device_id = s.device and p.channel = s.channel
                order by p.device_id, p.channel for update of p)
            update push_pending p set (in_flight, seqs, count, attempts, shown, shown_at, quiet, ended, ended_by, error,
                due_at, waiting, changed_at) = (
                select false, r.seqs, r.count,
                    case s.outcome when 'retried' then p.attempts when 'postponed' then p.attempts - 1 else 0 end,
                    case s.outcome when 'shown' then s.seq when 'cleared' then 0 else p.shown end,
                    case when s.outcome = 'shown' and not p.quiet then s.now else p.shown_at end,
                    r.replaced or (p.quiet and s.outcome in ('retried', 'postponed')),
                    case when s.outcome in ('ended', 'given_up') then greatest(p.ended, s.newest) else p.ended end,
                    case when s.outcome in ('ended', 'given_up') then s.reason when s.outcome = 'shown' then null
                        else p.ended_by end,
                    case when s.outcome in ('retried', 'given_up') then s.error end,
                    r.due, case when r.due is null or s.outcome = 'retried' or s.outcome = 'postponed' and not s.afresh
                        then p.waiting else r.due end,
                    s.now
                from (select n.seqs, n.count, n.replaced,
                    case s.outcome
                        when 'retried' then s.due
                        when 'postponed' then case when n.count = 0 and p.shown = 0 then null else s.due end
                        when 'shown' then case when n.count = 0 or n.replaced then s.now
                            when n.came then case when p.mentioned then s.now else s.now + s.collapse end end
                        when 'cleared' then case when n.count > 0 then s.now end
                        when 'ended' then case when n.count > 0 then s.now end
                        else case when n.came then s.now + s.collapse end end as due
                    from (select
                        case when s.outcome = 'ended' then k.seqs else p.seqs end as seqs,
                        case when s.outcome = 'ended' then cardinality(k.seqs) else p.count end as count,
                        p.newest > s.newest and p.count > 0 as came,
                        s.outcome = 'shown' and p.count > 0 and p.newest = s.newest and not s.seq = any(p.seqs) as replaced
                        from (select array(select q from unnest(p.seqs) as q where q > s.newest order by q) as seqs) k) n) r)
            from s join locked l on l.device_id = s.device and l.channel = s.channel
            where p.device_id = s.device and p.channel = s.channel and p.in_flight and p.attempts = s.attempt""";

    private static final String COUNT_SENT = """
            update device d set sent = case when d.sent_window = s.minute then d.sent else 0 end + s.more, sent_window = s.minute,
                not_found = 0, not_found_since = null
            from (select *, ?::timestamptz as minute from unnest(?, ?) as s(id, more)) s where d.id = s.id""";

    private Settlements() {}

    static void write(Connection connection, List<Settled> settled, Duration collapse, Instant now)
            throws SQLException {
        List<Settled> rows = settled.stream()
                .sorted(Comparator.comparing((Settled one) -> device(one).value())
                        .thenComparing(one -> one.row().channel().value()))
                .toList();
        try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            Arrays.of(connection, update)
                    .time(now)
                    .value(collapse.toMillis() + " milliseconds")
                    .devices(rows, Settlements::device)
                    .texts(rows, row -> row.row().channel().value())
                    .texts(rows, Settlements::outcome)
                    .longs(rows, row -> (long) row.row().attempt())
                    .longs(rows, row -> row.row().newest())
                    .longs(rows, row -> row instanceof Shown shown ? shown.seq() : 0L)
                    .times(rows, row -> due(row, now))
                    .booleans(rows, row -> row instanceof Postponed postponed && postponed.afresh())
                    .texts(rows, Settlements::reason)
                    .texts(rows, Settlements::error);
            update.executeUpdate();
        }
        countSent(connection, rows, now);
    }

    private static void countSent(Connection connection, List<Settled> rows, Instant now) throws SQLException {
        Map<DeviceId, Long> sent = new LinkedHashMap<>();
        for (Settled row : rows) {
            if (row instanceof Shown && !row.row().quiet()) {
                sent.merge(device(row), 1L, Long::sum);
            }
        }
        if (sent.isEmpty()) {
            return;
        }
        List<Map.Entry<DeviceId, Long>> counts = List.copyOf(sent.entrySet());
        try (PreparedStatement update = connection.prepareStatement(COUNT_SENT)) {
            Arrays.of(connection, update)
                    .time(now.truncatedTo(ChronoUnit.MINUTES))
                    .devices(counts, Map.Entry::getKey)
                    .longs(counts, Map.Entry::getValue);
            update.executeUpdate();
        }
    }

    private static DeviceId device(Settled row) {
        return row.row().device().id();
    }

    private static String outcome(Settled row) {
        return switch (row) {
            case Shown _ -> "shown";
            case Cleared _ -> "cleared";
            case Ended _ -> "ended";
            case GivenUp _ -> "given_up";
            case Retried _ -> "retried";
            case Postponed _ -> "postponed";
        };
    }

    private static Instant due(Settled row, Instant now) {
        return switch (row) {
            case Retried retried -> retried.due();
            case Postponed postponed -> postponed.due();
            case Shown _, Cleared _, Ended _, GivenUp _ -> now;
        };
    }

    private static String reason(Settled row) {
        return switch (row) {
            case Ended ended -> ended.reason().word();
            case GivenUp given -> given.reason().word();
            case Shown _, Cleared _, Retried _, Postponed _ -> "";
        };
    }

    private static String error(Settled row) {
        return switch (row) {
            case GivenUp given -> given.error();
            case Retried retried -> retried.error();
            case Shown _, Cleared _, Ended _, Postponed _ -> "";
        };
    }
}
