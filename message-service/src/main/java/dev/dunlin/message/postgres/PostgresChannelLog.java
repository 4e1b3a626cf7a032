package dev.dunlin.message.postgres;

import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import javax.sql.DataSource;

/**
 * The log in PostgreSQL: loads a batch's state in one round trip, from one snapshot, and stores it
 * in one round trip, as one transaction.
 */
public final class PostgresChannelLog implements ChannelLog {
    private final Sql sql;

    private final Birth birth = new Birth();

    public PostgresChannelLog(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public LogState load(Touched touched) {
        return sql.runJudging(
                connection -> new LogLoader(connection, touched).load().startingIn(birth.epoch(connection)));
    }

    /** A load is one statement over one snapshot. */
    @Override
    public boolean loadsBesideAppends() {
        return true;
    }

    @Override
    public void append(LogState state) {
        if (state.changed()) {
            sql.runJudging(connection -> {
                new LogAppender(connection, state).append();
                return true;
            });
        }
    }
}
