package dev.dunlin.push.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The tables of earlier releases, with data, become those of this one. */
class MigrationIT {
    @Test
    void whatWaitedInRowsOfEachMessageWaitsInOneForEachChannel() throws IOException, SQLException {
        TestDatabase world = TestDatabase.empty("push_migration");
        world.migrate(TestDatabase.migrations().getFirst());
        world.execute("""
                insert into device (id, user_id, kind, endpoint, secret, prefs, created_at) values
                    ('00000000-0000-0000-0000-000000000001', 'bob', 'webhook', 'https://hook.example:8443/a?b', 's', '{}', now()),
                    ('00000000-0000-0000-0000-000000000002', 'bob', 'webhook', 'https://other.example', 's', '{}', now())""");
        world.execute("""
                insert into notification
                    (device_id, user_id, channel, epoch, seq, message_id, sender, sent_at, data, trace, due_at, done_at)
                select '00000000-0000-0000-0000-000000000001'::uuid, 'bob', 'group:a', 'e1', seq, 'm' || seq, 'alice',
                    seq, '1', '00-00000000000000010000000000000002-0000000000000003-01', now(),
                    case when seq <= 5 then now() end
                from generate_series(1, 40) as seq""");
        world.execute("""
                insert into notification
                    (device_id, user_id, channel, epoch, seq, message_id, sender, sent_at, data, trace, due_at)
                values ('00000000-0000-0000-0000-000000000002', 'bob', 'group:a', 'e1', 40, 'm40', 'alice', 40, '1', '00', now())""");
        for (String migration :
                TestDatabase.migrations().subList(1, TestDatabase.migrations().size())) {
            world.migrate(migration);
        }
        assertThat(
                        world.one(
                                "select string_agg(origin || ' ' || count || ' ' || newest || ' ' || cardinality(seqs) || ' '"
                                        + " || seqs[1] || ' ' || (due_at is not null), ', ' order by origin) from push_pending"))
                .isEqualTo("https://hook.example:8443 35 40 20 21 true, https://other.example 1 40 1 40 true");
        assertThat(world.number("select count(*) from push_message")).isEqualTo(35);
        assertThat(world.one("select user_id || ' ' || loaded from push_user")).isEqualTo("bob false");
        assertThat(world.one("select string_agg(distinct (verified_at is not null)::text, '') from device"))
                .isEqualTo("true");
    }
}
