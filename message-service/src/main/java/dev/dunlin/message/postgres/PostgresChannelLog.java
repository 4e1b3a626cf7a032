package dev.dunlin.message.postgres;

import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Optional;
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
        return sql.load(connection -> new LogLoader(connection, touched).load().startingIn(birth.epoch(connection)));
    }

    /** A load is one statement over one snapshot. */
    @Override
    public boolean loadsBesideAppends() {
        return true;
    }

    @Override
    public Append append(LogState state) {
        return state.changed() ? sql.append(connection -> new LogAppender(connection, state).append()) : Append.STORED;
    }

    @Override
    public Optional<List<Keys.OfClientId>> clientIds(ChannelName channel) {
        return Optional.of(sql.query(
                "select sender, client_id from message where channel = ?",
                statement -> statement.setString(1, channel.value()),
                row -> new Keys.OfClientId(
                        channel, new UserId(row.getString(1)), new ClientMessageId(row.getString(2)))));
    }
}
