package dev.dunlin.message.store;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;

/**
 * All that message-service asks of its store, as the ports that the features name: who writes an adapter gives one of these, and each of its ports passes the
 * contract suite of that port. The ports share what they connect with, so there is one store to a process. Thread-safe; the ports say more of their own.
 */
public interface MessageStore {
    /** The log as its one writer uses it. */
    ChannelLog log();

    ChannelDirectory directory();

    History history();

    Memberships memberships();
}
