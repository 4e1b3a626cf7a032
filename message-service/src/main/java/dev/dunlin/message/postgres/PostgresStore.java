package dev.dunlin.message.postgres;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.message.search.Search;
import dev.dunlin.message.search.SearchIndex;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.upkeep.OneAtATime;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.message.userdata.UserData;
import javax.sql.DataSource;

/** Everything in one PostgreSQL database; its tables are those of {@code db/migration}. */
public record PostgresStore(
        ChannelLog log,
        ChannelDirectory directory,
        History history,
        Memberships memberships,
        Search search,
        SearchIndex searchIndex,
        ExpiredRows expiredRows,
        DeletedChannels deletedChannels,
        UserData userData,
        Erasures erasures,
        Contacts contacts,
        OneAtATime oneAtATime)
        implements MessageStore {
    /** The ports share the pool of {@code dataSource}. */
    public static PostgresStore over(DataSource dataSource) {
        return new PostgresStore(
                new PostgresChannelLog(dataSource),
                new PostgresChannelDirectory(dataSource),
                new PostgresHistory(dataSource),
                new PostgresMemberships(dataSource),
                new PostgresSearch(dataSource),
                new PostgresSearchIndex(dataSource),
                new PostgresExpiredRows(dataSource),
                new PostgresDeletedChannels(dataSource),
                new PostgresUserData(dataSource),
                new PostgresErasures(dataSource),
                new PostgresContacts(dataSource),
                new PostgresOneAtATime(dataSource));
    }
}
