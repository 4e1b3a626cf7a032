package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.history.History;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How {@link History} reads a log: whole, in order, and page by page in both directions. Some pages
 * reach over several buckets of a store that has them.
 */
public abstract class HistoryContract extends StoreContract {
    private static final int EVENTS = 23;

    @Test
    public void messagesArePagedForwardWithoutHolesOrTies() {
        fill();

        for (int limit : List.of(1, 3, 4, 5, 100)) {
            List<Long> seen = new ArrayList<>();
            List<ServerFrame.Message> page = history().messagesAfter(room, 0, limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                page.forEach(message -> seen.add(message.seq()));
                page = history().messagesAfter(room, seen.getLast(), limit);
            }
            assertThat(seen).as("pages of %d", limit).isEqualTo(messages());
        }
    }

    @Test
    public void messagesArePagedBackwardOldestFirst() {
        fill();

        for (int limit : List.of(1, 3, 4, 5, 100)) {
            List<Long> seen = new ArrayList<>();
            List<ServerFrame.Message> page = history().messagesBefore(room, Long.MAX_VALUE, limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                seen.addAll(0, page.stream().map(ServerFrame.Message::seq).toList());
                page = history().messagesBefore(room, seen.getFirst(), limit);
            }
            assertThat(seen).as("pages of %d", limit).isEqualTo(messages());
        }
    }

    @Test
    public void theRawLogIsDense() {
        fill();

        for (int limit : List.of(1, 4, 7, 100)) {
            List<Long> seen = new ArrayList<>();
            List<ServerFrame.LogEvent> page = history().events(room, 0, limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                page.forEach(event -> seen.add(event.seq()));
                page = history().events(room, seen.getLast(), limit);
            }
            assertThat(seen)
                    .as("pages of %d", limit)
                    .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        }
    }

    @Test
    public void pagesBeyondEitherEndAreEmpty() {
        fill();

        assertThat(history().messagesAfter(room, EVENTS, 10)).isEmpty();
        assertThat(history().messagesAfter(room, Long.MAX_VALUE - 1, 10)).isEmpty();
        assertThat(history().messagesBefore(room, 1, 10)).isEmpty();
        assertThat(history().events(room, EVENTS, 10)).isEmpty();
        assertThat(history().events(room, Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    public void aChannelThatIsNotThereHasNoHistory() {
        ChannelName none = new ChannelName("room:none-" + suffix);

        assertThat(history().messagesAfter(none, 0, 10)).isEmpty();
        assertThat(history().messagesBefore(none, 10, 10)).isEmpty();
        assertThat(history().events(none, 0, 10)).isEmpty();
        assertThat(history().firstEvent(none, 0)).isEmpty();
        assertThat(history().origin(none, 1)).isEmpty();
        assertThat(history().receipts(none, null, 10)).isEmpty();
    }

    /**
     * Makes rows as a writer of an earlier version left them: the reaction of the user to message 1
     * of the channel as {@code spelled}.
     */
    protected abstract void spell(ChannelName channel, UserId user, String emoji, String spelled);

    @Test
    public void aReactionThatIsStoredInAnotherSpellingIsTheSame() {
        run(alice, room, message("a", "first"));
        run(bob, room, new React(1, new Emoji("\u2764"), false));
        spell(room, bob, "\u2764", "\u2764\ufe0f");
        run(alice, room, new React(1, new Emoji("\u2764\ufe0f"), false));

        assertThat(shown()).containsOnlyKeys("\u2764");
        assertThat(shown().get("\u2764")).containsExactlyInAnyOrder(alice, bob);
        assertThat(store().userData().reactions(bob, null, 5)).hasSize(1);
        assertThat(run(bob, room, new React(1, new Emoji("\u2764"), false))).isInstanceOf(Outcome.Unchanged.class);

        assertThat(run(bob, room, new React(1, new Emoji("\u2764"), true))).isInstanceOf(Outcome.Appended.class);

        assertThat(shown().get("\u2764")).containsExactly(alice);
        assertThat(store().userData().reactions(bob, null, 5)).isEmpty();
    }

    private Map<String, List<UserId>> shown() {
        return Objects.requireNonNull(
                history().messagesAfter(room, 0, 1).getFirst().reactions());
    }

    @Test
    public void messagesAreAsTheyAreNow() {
        run(alice, room, message("a", "first"));
        run(alice, room, message("b", "second"));
        run(alice, room, new Edit(1, text("first, edited")));
        run(bob, room, new React(1, new Emoji("+1"), false));
        run(alice, room, new React(1, new Emoji("+1"), false));
        run(alice, room, new React(1, new Emoji("heart"), false));
        run(alice, room, new React(1, new Emoji("heart"), true));
        run(alice, room, new Delete(2));

        List<ServerFrame.Message> messages = history().messagesAfter(room, 0, 10);

        assertThat(messages).extracting(ServerFrame.Message::seq).containsExactly(1L, 2L);
        ServerFrame.Message edited = messages.getFirst();
        assertThat(edited.data()).isEqualTo(text("first, edited"));
        assertThat(edited.edited()).isNotNull();
        assertThat(edited.deleted()).isNotEqualTo(true);
        Map<String, List<UserId>> reactions = Objects.requireNonNull(edited.reactions());
        assertThat(reactions).containsOnlyKeys("+1");
        assertThat(reactions.get("+1")).containsExactlyInAnyOrder(alice, bob);
        ServerFrame.Message deleted = messages.getLast();
        assertThat(deleted.deleted()).isTrue();
        assertThat(deleted.data().isNull()).isTrue();
        assertThat(deleted.from()).isEqualTo(alice);
    }

    @Test
    public void theFirstEventSinceATimeIsFoundThoughTimesDoNotFall() {
        for (int i = 1; i <= EVENTS; i++) {
            at(10_000 + i / 2 * 100L, alice, Grant.NONE, room, message("m" + i, "x")); // always two at one time
        }

        assertThat(history().firstEvent(room, 0)).contains(1L);
        assertThat(history().firstEvent(room, 10_100)).contains(2L);
        assertThat(history().firstEvent(room, 10_101)).contains(4L);
        assertThat(history().firstEvent(room, 10_000 + EVENTS / 2 * 100L)).contains(EVENTS - 1L);
        assertThat(history().firstEvent(room, 10_001 + EVENTS / 2 * 100L)).isEmpty();
    }

    @Test
    public void eachEventKnowsTheRecordThatItCameFrom() {
        run(alice, room, message("a", "offset 0"));
        run(alice, room, message("a", "offset 1, the same again"));
        run(alice, room, message("b", "offset 2"));

        assertThat(history().origin(room, 1)).contains(new LogPosition(5, 0));
        assertThat(history().origin(room, 2)).contains(new LogPosition(5, 2));
        assertThat(history().origin(room, 3)).isEmpty();
    }

    @Test
    public void messagesOfManyChannelsAreFoundAtOnceAsTheyAreNow() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "old, @" + bob)); // 1
        run(alice, group, new Edit(1, text("new, @" + bob))); // 2
        run(bob, group, new React(1, new Emoji("+1"), false)); // 3
        run(alice, room, message("a", "in the room")); // 1
        run(alice, room, message("b", "secret")); // 2
        run(alice, room, new Delete(2)); // 3
        fill();
        History.Place edited = new History.Place(group, 1);
        History.Place first = new History.Place(room, 1);
        History.Place deleted = new History.Place(room, 2);
        History.Place last = new History.Place(room, EVENTS + 3);

        Map<History.Place, ServerFrame.Message> found = history()
                .messages(Set.of(
                        edited,
                        first,
                        deleted,
                        last,
                        new History.Place(group, 2), // the edit
                        new History.Place(group, 4),
                        new History.Place(room, 0),
                        new History.Place(room, Long.MAX_VALUE),
                        new History.Place(new ChannelName("group:none-" + suffix), 1)));

        assertThat(found).containsOnlyKeys(edited, first, deleted, last);
        found.forEach((place, message) ->
                assertThat(List.of(message.channel(), message.seq())).isEqualTo(List.of(place.channel(), place.seq())));
        ServerFrame.Message now = Objects.requireNonNull(found.get(edited));
        assertThat(now.data()).isEqualTo(text("new, @" + bob));
        assertThat(now.edited()).isNotNull();
        assertThat(now.mentions()).containsExactly(bob);
        assertThat(now.reactions()).isNull();
        assertThat(Objects.requireNonNull(found.get(first)).data()).isEqualTo(text("in the room"));
        assertThat(Objects.requireNonNull(found.get(deleted)).deleted()).isTrue();
        assertThat(Objects.requireNonNull(found.get(deleted)).data().isNull()).isTrue();
        assertThat(history().messages(Set.of())).isEmpty();
    }

    @Test
    public void receiptsArePagedByUser() {
        List<UserId> users = new ArrayList<>();
        run(alice, room, message("a", "x"));
        run(alice, room, message("b", "x"));
        for (int i = 0; i < 5; i++) {
            UserId user = new UserId("reader-" + i + "-" + suffix);
            run(user, room, new Mark(Mark.Kind.RECEIVED, 2));
            run(user, room, new Mark(Mark.Kind.READ, 1 + i % 2));
            users.add(user);
        }

        List<History.Receipt> seen = new ArrayList<>();
        @Nullable UserId after = null;
        List<History.Receipt> page = history().receipts(room, after, 2);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            seen.addAll(page);
            after = page.getLast().user();
            page = history().receipts(room, after, 2);
        }

        assertThat(seen.stream()
                        .filter(receipt -> users.contains(receipt.user()))
                        .toList())
                .containsExactly(
                        new History.Receipt(users.get(0), 1, 2),
                        new History.Receipt(users.get(1), 2, 2),
                        new History.Receipt(users.get(2), 1, 2),
                        new History.Receipt(users.get(3), 2, 2),
                        new History.Receipt(users.get(4), 1, 2));
    }

    @Test
    public void oneChannelIsNotMixedWithAnother() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "in the group"));
        run(alice, room, message("a", "in the room"));

        assertThat(history().messagesAfter(group, 0, 10))
                .extracting(ServerFrame.Message::data)
                .containsExactly(text("in the group"));
        assertThat(history().messagesAfter(room, 0, 10))
                .extracting(ServerFrame.Message::data)
                .containsExactly(text("in the room"));
    }

    private History history() {
        return store().history();
    }

    /** Every third event is a reaction, so that messages have holes and the log has none. */
    private void fill() {
        for (int i = 1; i <= EVENTS; i++) {
            run(alice, room, i % 3 == 0 ? new React(1, new Emoji("e" + i), false) : message("m" + i, "x"));
        }
    }

    private static List<Long> messages() {
        return LongStream.rangeClosed(1, EVENTS)
                .filter(seq -> seq % 3 != 0)
                .boxed()
                .toList();
    }
}
