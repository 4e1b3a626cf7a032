package dev.dunlin.message.channel;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.kafka.Role;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds channels in the store. Thread-safe; blocks; throws {@link dev.dunlin.message.command.StoreFailure}. */
public interface ChannelDirectory {
    /** A stored channel with what the user is in it. */
    Optional<Entry> find(ChannelName channel, UserId user);

    /** How far those of the channels that are stored have come, in no order; one query. */
    List<HeadList.Head> heads(Collection<ChannelName> channels);

    record Entry(ChannelState channel, @Nullable Role role, long read) {}
}
