package dev.dunlin.message.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages, oldest first.
 *
 * @param next give it as {@code after} for the page of newer messages; null if there are none now
 * @param prev give it as {@code before} for the page of older messages; null if there are none
 */
public record MessagePage(
        List<Message> messages,
        @Nullable String next,
        @Nullable String prev) {
    /** The most messages of a page. */
    public static final int MOST = 200;

    /** The oldest messages after a seq, none before {@code first}, the oldest that is retained. */
    public static MessagePage after(History history, ChannelName channel, long first, long seq, int limit) {
        List<Message> found = history.messagesAfter(channel, Math.max(seq, first - 1), limit + 1);
        List<Message> page = found.size() > limit ? found.subList(0, limit) : found;
        boolean older = !page.isEmpty()
                && !before(history, channel, first, page.getFirst().seq(), 1)
                        .messages()
                        .isEmpty();
        return of(page, found.size() > limit, older);
    }

    /** The newest messages before a seq, none before {@code first}, the oldest that is retained. */
    public static MessagePage before(History history, ChannelName channel, long first, long seq, int limit) {
        List<Message> found = history.messagesBefore(channel, seq, limit + 1).stream()
                .filter(message -> message.seq() >= first)
                .toList();
        List<Message> page = found.size() > limit ? found.subList(found.size() - limit, found.size()) : found;
        boolean newer = !page.isEmpty()
                && !history.messagesAfter(channel, page.getLast().seq(), 1).isEmpty();
        return of(page, newer, found.size() > limit);
    }

    /**
     * The messages that were found, newest first, of which there may be more than {@code limit}.
     */
    public static MessagePage found(List<Message> found, int limit) {
        List<Message> page = found.size() > limit ? found.subList(0, limit) : found;
        return new MessagePage(
                page, null, found.size() > limit ? Long.toString(page.getLast().seq()) : null);
    }

    private static MessagePage of(List<Message> page, boolean newer, boolean older) {
        return new MessagePage(
                page,
                newer ? Long.toString(page.getLast().seq()) : null,
                older ? Long.toString(page.getFirst().seq()) : null);
    }
}
