package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.HistoryContract;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraHistoryIT extends HistoryContract {
    private final CassandraStore store;

    CassandraHistoryIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }

    @Override
    protected void spell(ChannelName channel, UserId user, String emoji, String spelled) {
        Cql cql = store.tables().cql();
        String name = channel.value();
        String epoch = store.directory()
                .find(channel, user)
                .orElseThrow()
                .channel()
                .epoch()
                .value();
        long bucket = cql.buckets().of(1);
        Row row = cql.first(cql.bind(
                        "select version, seq, ts, kafka_partition, kafka_offset from $.reaction where channel = ? and epoch = ?"
                                + " and bucket = ? and target = 1 and emoji = ? and user_id = ? limit 1",
                        name,
                        epoch,
                        bucket,
                        emoji,
                        user.value()))
                .orElseThrow();
        long version = row.getLong("version");
        long timestamp = Version.timestamp(version);
        List.of(
                        cql.bind(
                                "insert into $.reaction (channel, epoch, bucket, target, emoji, user_id, version, gone, seq, ts,"
                                        + " kafka_partition, kafka_offset) values (?, ?, ?, 1, ?, ?, ?, false, ?, ?, ?, ?) using timestamp ?",
                                name,
                                epoch,
                                bucket,
                                spelled,
                                user.value(),
                                version,
                                row.getLong("seq"),
                                row.getLong("ts"),
                                row.getInt("kafka_partition"),
                                row.getLong("kafka_offset"),
                                timestamp),
                        cql.bind(
                                "insert into $.reaction_of (user_id, channel, epoch, target, emoji, version, gone, ts)"
                                        + " values (?, ?, ?, 1, ?, ?, false, ?) using timestamp ?",
                                user.value(),
                                name,
                                epoch,
                                spelled,
                                version,
                                row.getLong("ts"),
                                timestamp),
                        cql.bind(
                                "delete from $.reaction using timestamp ? where channel = ? and epoch = ? and bucket = ?"
                                        + " and target = 1 and emoji = ? and user_id = ?",
                                timestamp,
                                name,
                                epoch,
                                bucket,
                                emoji,
                                user.value()),
                        cql.bind(
                                "delete from $.reaction_of using timestamp ? where user_id = ? and channel = ? and epoch = ?"
                                        + " and target = 1 and emoji = ?",
                                timestamp,
                                user.value(),
                                name,
                                epoch,
                                emoji))
                .forEach(statement -> Cql.await(cql.write(List.of(statement))));
    }
}
