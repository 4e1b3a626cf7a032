package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.protocol.frame.Emoji;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Loads the reactions of users to messages. Reads start when this is made. A row may spell an emoji
 * in another way than the key does: such rows are of the same reaction.
 */
final class ReactionLoader {
    private final Tables tables;
    private final ChannelReads reads;
    private final Map<Keys.OfReactor, Pending<String>> emoji;

    ReactionLoader(Tables tables, ChannelReads reads, Collection<Keys.OfReactor> reactors) {
        this.tables = tables;
        this.reads = reads;
        this.emoji = reads.start(
                reactors,
                Keys.OfReactor::channel,
                (channel, reactor) -> tables.reactionsOf().startEmoji(channel, reactor.user(), reactor.target()));
    }

    /** A reaction as its row spells it. */
    private record Spelled(Keys.OfReaction key, String emoji) {
        static Spelled of(Keys.OfReactor reactor, String emoji) {
            return new Spelled(
                    new Keys.OfReaction(reactor.channel(), reactor.target(), reactor.user(), new Emoji(emoji)), emoji);
        }

        ReactionTable.Key row() {
            return new ReactionTable.Key(key.target(), emoji, key.user());
        }

        ReactionState named(ReactionState state) {
            return emoji.equals(key.emoji().value())
                    ? state
                    : new ReactionState(state.seq(), state.ts(), state.position(), Set.of(emoji));
        }
    }

    /** Blocks. */
    Map<Keys.OfReaction, ReactionState> load() {
        Set<Spelled> found = new LinkedHashSet<>();
        Pending.awaitAll(emoji.values());
        emoji.forEach((reactor, rows) -> rows.all().forEach(one -> found.add(Spelled.of(reactor, one))));
        var states = reads.start(
                found,
                spelled -> spelled.key().channel(),
                (channel, spelled) -> tables.reactions().startState(channel, spelled.row()));
        Map<Keys.OfReaction, ReactionState> reactions = new HashMap<>();
        ChannelReads.finish(states, ReactionTable.Stored::state)
                .forEach(
                        (spelled, state) -> reactions.merge(spelled.key(), spelled.named(state), ReactionLoader::both));
        return reactions;
    }

    /** Of one user who reacted in both spellings. */
    private static ReactionState both(ReactionState one, ReactionState other) {
        Set<String> spelled = new HashSet<>(one.spelled());
        spelled.addAll(other.spelled());
        ReactionState first = one.seq() < other.seq() ? one : other;
        return new ReactionState(first.seq(), first.ts(), first.position(), Set.copyOf(spelled));
    }
}
