package dev.dunlin.message.postgres;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.Epoch;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** When the store was made; read once. Thread-safe. */
final class Birth {
    private volatile @Nullable Epoch first;

    /** The epoch of the first numbering of a channel. */
    Epoch epoch(Connection connection) throws SQLException {
        Epoch known = first;
        if (known == null) {
            long at = Sql.query(
                            connection,
                            "select value from store_fact where key = 'birth'",
                            statement -> {},
                            row -> row.getLong("value"))
                    .getFirst();
            known = ChannelState.epoch(at);
            first = known;
        }
        return known;
    }
}
