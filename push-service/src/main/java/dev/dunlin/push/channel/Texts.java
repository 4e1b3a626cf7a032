package dev.dunlin.push.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.Map;

/** What messages say now, and who may read them. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Texts {
    /** A message and a user who is to be notified of it. */
    record Place(ChannelName channel, Epoch epoch, long seq, UserId user) {}

    /**
     * The data of each message, as it is now. Missing are those that were deleted or expired, whose
     * channel is gone, and whose user is no member any more. Throws {@link
     * dev.dunlin.push.Unreachable}.
     */
    Map<Place, JsonNode> current(Collection<Place> places);
}
