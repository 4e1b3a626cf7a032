package dev.dunlin.push.schedule;

import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.channel.Texts.Place;
import dev.dunlin.push.decision.Content;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest message of each row that its user may read. Nothing is cached: a message that
 * was deleted a moment ago must not be sent. Blocks; throws {@link dev.dunlin.push.Unreachable}.
 */
final class Newest {
    private final Pending pending;
    private final Texts texts;

    Newest(Pending pending, Texts texts) {
        this.pending = pending;
        this.texts = texts;
    }

    /** A message, and what its user may read of it. */
    record Found(Message message, Content content) {}

    /**
     * The newest message that may be read, or else why the oldest may not; rows of whose messages
     * nothing is recorded any more are missing.
     */
    Map<Claimed, Found> of(List<Claimed> rows) {
        Map<Claimed, Found> found = HashMap.newHashMap(rows.size());
        Map<Claimed, Integer> open = new HashMap<>();
        rows.forEach(row -> open.put(row, row.seqs().size() - 1));
        while (!open.isEmpty()) {
            ask(open, found);
            open.replaceAll((_, at) -> at - 1);
            open.entrySet().removeIf(one -> one.getValue() < 0 || !mayFindOlder(found.get(one.getKey())));
        }
        return found;
    }

    private void ask(Map<Claimed, Integer> open, Map<Claimed, Found> found) {
        Map<Message.Key, Message> messages = pending.messages(open.entrySet().stream()
                .map(one -> key(one.getKey(), one.getValue()))
                .collect(Collectors.toSet()));
        Map<Claimed, Place> places = new HashMap<>();
        open.forEach((row, at) -> {
            if (messages.containsKey(key(row, at))) {
                places.put(row, place(row, at));
            }
        });
        Map<Place, Content> contents = places.isEmpty() ? Map.of() : texts.current(Set.copyOf(places.values()));
        places.forEach((row, place) -> found.put(
                row,
                new Found(
                        Objects.requireNonNull(messages.get(key(row, Objects.requireNonNull(open.get(row))))),
                        contents.getOrDefault(place, new Content.Unreadable(Reason.NO_ACCESS)))));
    }

    /** A message that is gone, or of a sender whom the user blocks, may hide one that is not. */
    private static boolean mayFindOlder(@Nullable Found found) {
        return found == null
                || (found.content() instanceof Content.Unreadable(Reason reason)
                        && (reason == Reason.DELETED || reason == Reason.BLOCKED));
    }

    private static Message.Key key(Claimed row, int at) {
        return new Message.Key(row.channel(), row.epoch(), row.seqs().get(at));
    }

    private static Place place(Claimed row, int at) {
        return new Place(
                row.channel(), row.epoch(), row.seqs().get(at), row.device().user());
    }
}
