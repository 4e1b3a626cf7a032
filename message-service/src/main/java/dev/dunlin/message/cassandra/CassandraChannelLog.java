package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.command.RefusedData;
import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;

/**
 * The log in Cassandra, without lightweight transactions. Why that is right:
 *
 * <ul>
 *   <li>A seq is a function of the Kafka log. Whoever applies the same records to the same state
 *       writes the same rows; to write one again changes nothing.
 *   <li>What a batch writes counts only when its channel's row says so, and that row is written
 *       last ({@link StateWriter}). Rows are not changed: there is one for each {@link Version},
 *       and readers and the next batch take the newest that the channel's row covers. So a crash in
 *       the middle of a write leaves nothing that counts, whatever batches the replay is cut into.
 *   <li>Every write carries a timestamp made from the offset of its record. A process that has lost
 *       its partition and writes late loses against its successor, as Cassandra keeps the higher
 *       timestamp. A replaced row does not come back, since its removal carries a higher one too.
 *   <li>A state is loaded whole or not at all ({@link StateLoader}), and a channel's row is
 *       compared before it is written. That comparison is not atomic with the write. There this
 *       store is weaker than PostgreSQL: two processes that apply the same records to different
 *       results (two configurations at the same time) may both write.
 * </ul>
 */
final class CassandraChannelLog implements ChannelLog {
    private final Tables tables;

    CassandraChannelLog(Tables tables) {
        this.tables = tables;
    }

    @Override
    public LogState load(Touched touched) {
        return new StateLoader(tables, touched).load();
    }

    /**
     * A load reads a channel's row, what it covers, and the row again: an append meanwhile makes it
     * stale.
     */
    @Override
    public boolean loadsBesideAppends() {
        return false;
    }

    @Override
    public Append append(LogState state) {
        try {
            if (state.changed()) {
                new StateWriter(tables, state).write();
            }
            return Append.STORED;
        } catch (StaleLog stale) {
            return new Append.Stale(String.valueOf(stale.getMessage()));
        } catch (RefusedData refused) {
            return new Append.Refused(refused);
        }
    }

    /** Each id is a separate partition, so the ids of a channel cannot be read together. */
    @Override
    public Optional<List<Keys.OfClientId>> clientIds(ChannelName channel) {
        return Optional.empty();
    }
}
