package dev.dunlin.message.search;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/**
 * Finds messages by their words. A message is found as soon as its append has returned, by its
 * current words: an edit changes them, and a deleted message has none. Thread-safe; blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}, also when the search takes too long.
 */
public interface Search {
    /** What came of a search. */
    sealed interface Result {
        /** The newest messages that have the words, newest first. */
        record Found(List<ServerFrame.Message> messages) implements Result {}

        /** The text has no words to look for. */
        record Nothing() implements Result {}

        /** This store cannot search. */
        record Unsupported() implements Result {}
    }

    /**
     * At most {@code limit} messages of a channel with {@code from <= seq < before}.
     *
     * @param text words as in a web search: all of them, {@code "a phrase"}, {@code or},
     *     {@code -not}; the last one may be the beginning of a word. No control characters, whole
     *     Unicode
     */
    Result search(ChannelName channel, String text, long from, long before, int limit);

    /** For a store that cannot search. */
    static Search unsupported() {
        return (channel, text, from, before, limit) -> new Result.Unsupported();
    }
}
