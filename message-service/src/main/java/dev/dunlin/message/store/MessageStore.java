package dev.dunlin.message.store;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.message.search.Search;
import dev.dunlin.message.search.SearchIndex;
import dev.dunlin.message.upkeep.OneAtATime;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.message.userdata.UserData;

/**
 * The store of message-service, as the ports that the features define. An adapter provides one, and
 * each of its ports passes the contract suite of that port. The ports share one connection pool, so
 * a process has one store. Thread-safe; each port says more about itself.
 */
public interface MessageStore {
    /** The log as its one writer uses it. */
    ChannelLog log();

    ChannelDirectory directory();

    History history();

    Memberships memberships();

    Search search();

    SearchIndex searchIndex();

    ExpiredRows expiredRows();

    DeletedChannels deletedChannels();

    UserData userData();

    Erasures erasures();

    Contacts contacts();

    OneAtATime oneAtATime();
}
