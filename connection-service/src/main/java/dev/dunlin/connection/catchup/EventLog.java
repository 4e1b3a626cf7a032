package dev.dunlin.connection.catchup;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.HeadList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The log of channels, as message-service keeps it. Any thread, never blocks. */
public interface EventLog {
    /**
     * The oldest events after {@code after}, in order. Completes on any thread; fails with
     * {@link dev.dunlin.edge.RefusedException}: {@code not_found} when there is no such channel,
     * {@code unavailable} or {@code overloaded} when it is worth trying again.
     */
    CompletionStage<EventPage> events(ChannelName channel, long after);

    /**
     * The heads of those channels that have a log, in no order. At most
     * {@link dev.dunlin.protocol.http.HeadsQuery#MOST} channels. Completes and fails as
     * {@link #events}.
     */
    CompletionStage<List<HeadList.Head>> heads(List<ChannelName> channels);

    /**
     * The head of one channel, empty if it has no log. An implementation may combine such questions
     * into calls of {@link #heads}. Completes and fails as {@link #events}.
     */
    default CompletionStage<Optional<HeadList.Head>> head(ChannelName channel) {
        return heads(List.of(channel)).thenApply(heads -> heads.stream().findFirst());
    }
}
