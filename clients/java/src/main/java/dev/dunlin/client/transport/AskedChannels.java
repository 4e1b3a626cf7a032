package dev.dunlin.client.transport;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The channels that an HTTP link names in its requests, and what the server said of each. On the
 * loop only.
 */
final class AskedChannels {
    /** As many as fit in a request line and a cursor in a header. */
    private static final int MOST_CHANNELS = 100;

    private static final int MOST_CHARACTERS = 3_000;
    private static final long ROOM_AFTER_MS = 60_000;

    private static final class Asked {
        /** Of the {@code subscribe} that waits for its answer. */
        private @Nullable Ref ref;

        private ServerFrame.@Nullable Subscribed answer;
    }

    private final Map<ChannelName, Asked> channels = new LinkedHashMap<>();
    private final Consumer<ServerFrame> reply;
    private int characters;

    AskedChannels(Consumer<ServerFrame> reply) {
        this.reply = reply;
    }

    List<ChannelName> names() {
        return List.copyOf(channels.keySet());
    }

    /** Those that the server said nothing of. */
    List<ChannelName> unanswered() {
        return channels.entrySet().stream()
                .filter(entry -> entry.getValue().answer == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether there was room for it, or it is there already. */
    boolean add(ChannelName channel) {
        if (channels.containsKey(channel)) {
            return true;
        }
        int more = length(channel);
        if (channels.size() >= MOST_CHANNELS || characters + more > MOST_CHARACTERS) {
            return false;
        }
        characters += more;
        channels.put(channel, new Asked());
        return true;
    }

    /** Whether it was there. */
    boolean remove(ChannelName channel) {
        boolean there = channels.remove(channel) != null;
        characters -= there ? length(channel) : 0;
        return there;
    }

    /** Answers now if it can. Returns whether the next request has to name one channel more. */
    boolean subscribe(ClientFrame.Subscribe frame) {
        ChannelName channel = frame.channel();
        boolean isNew = !channels.containsKey(channel);
        if (!add(channel)) {
            String message = channel + " is too many without a WebSocket";
            reply.accept(new ServerFrame.ErrorReply(frame.ref(), ErrorCode.OVERLOADED, message, true, ROOM_AFTER_MS));
            return false;
        }
        Asked asked = channels.get(channel);
        if (asked != null && asked.answer != null) {
            reply.accept(Frames.as(frame.ref(), asked.answer));
        } else if (asked != null) {
            asked.ref = frame.ref();
        }
        return isNew;
    }

    /**
     * What the server said, by frame or by REST; {@code resumed} when it was asked with a cursor
     * that speaks of the channel.
     */
    void answered(ServerFrame.Subscribed said, boolean resumed) {
        Asked asked = channels.get(said.channel());
        if (asked == null) {
            return;
        }
        Ref ref = asked.ref;
        asked.ref = null;
        // Later a repeated subscribe means: where does it stand; what was recovered is no news
        // then.
        asked.answer = new ServerFrame.Subscribed(null, said.channel(), said.epoch(), said.head(), said.from(), null);
        Boolean recovered = resumed ? said.recovered() : null;
        reply.accept(
                new ServerFrame.Subscribed(ref, said.channel(), said.epoch(), said.head(), said.from(), recovered));
    }

    void refused(ChannelName channel, ErrorCode code, String message) {
        Asked asked = channels.get(channel);
        Ref ref = asked == null ? null : asked.ref;
        remove(channel);
        reply.accept(
                ref == null
                        ? new ServerFrame.Unsubscribed(null, channel)
                        : new ServerFrame.ErrorReply(ref, code, message, false, null));
    }

    /** Where each channel stands has to be said again. */
    void forgetAnswers() {
        channels.values().forEach(asked -> asked.answer = null);
    }

    private static int length(ChannelName channel) {
        return Downstream.Request.parameter(channel).length() + 1;
    }
}
