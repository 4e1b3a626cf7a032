package dev.dunlin.connection.fake;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.connection.catchup.EventLog;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.HeadList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** A channel's log from {@code first} to {@code head}, in pages of three. */
public final class MemoryLog implements EventLog {
    public static final Epoch EPOCH = new Epoch("e1");
    private static final int PAGE = 3;

    private Epoch epoch = EPOCH;
    private long first = 1;
    private long head;
    private boolean unreachable;
    private boolean missing;
    private int calls;
    private int headCalls;

    public void head(long newest) {
        head = newest;
    }

    /** The log was lost and begins anew. */
    public void epoch(Epoch other) {
        epoch = other;
    }

    public void first(long oldest) {
        first = oldest;
    }

    public void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** The channel has no log. */
    public void missing(boolean isMissing) {
        missing = isMissing;
    }

    public int headCalls() {
        return headCalls;
    }

    public int calls() {
        return calls;
    }

    @Override
    public CompletionStage<EventPage> events(ChannelName channel, long after) {
        calls++;
        if (unreachable) {
            return CompletableFuture.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, "away"));
        }
        long from = Math.max(first, after + 1);
        long to = Math.min(head, from + PAGE - 1);
        List<ServerFrame.LogEvent> events = LongStream.rangeClosed(from, to)
                .<ServerFrame.LogEvent>mapToObj(seq -> message(channel, seq))
                .toList();
        return CompletableFuture.completedFuture(
                new EventPage(epoch, head, first, events, to < head ? Long.toString(to) : null));
    }

    @Override
    public CompletionStage<List<HeadList.Head>> heads(List<ChannelName> channels) {
        headCalls++;
        return read(channels);
    }

    private CompletionStage<List<HeadList.Head>> read(List<ChannelName> channels) {
        return unreachable
                ? CompletableFuture.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, "away"))
                : CompletableFuture.completedFuture(channels.stream()
                        .filter(channel -> !missing)
                        .map(channel -> new HeadList.Head(channel, epoch, head))
                        .toList());
    }

    /** Not one of {@link #headCalls}, which are of channels that are open. */
    @Override
    public CompletionStage<Optional<HeadList.Head>> head(ChannelName channel) {
        return read(List.of(channel)).thenApply(heads -> heads.stream().findFirst());
    }

    public static ServerFrame.Message message(ChannelName channel, long seq) {
        return new ServerFrame.Message(
                channel,
                seq,
                new ClientMessageId("m" + seq),
                new UserId("maker"),
                1,
                NullNode.getInstance(),
                null,
                null,
                null,
                null);
    }
}
