package dev.dunlin.message.postgres;

import dev.dunlin.message.search.Token;
import dev.dunlin.message.search.Tokenizer;
import dev.dunlin.protocol.ChannelName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a {@code tsvector}: a message's tokens with their positions, and its channel as
 * one more lexeme, so that one index finds both. It keeps PostgreSQL's limits, which it would
 * refuse or cut by itself: a megabyte in all, positions up to 16,383, 255 positions of a lexeme.
 * One thread, used once.
 */
final class SearchVector {
    /**
     * Begins the channel's lexeme, and says that this tokenizer made the others. No token has it.
     */
    static final char MADE_HERE = 2;

    /** As {@link #MADE_HERE}, in rows of versions that left tokenizing to PostgreSQL. */
    static final char MADE_BY_POSTGRES = 1;

    private static final int MOST_BYTES = 1_000_000;
    private static final int MOST_POSITION = 16_383;
    private static final int MOST_POSITIONS = 255;
    private static final int BYTES_OF_A_LEXEME = 6;
    private static final int BYTES_OF_A_POSITION = 2;
    private static final int BYTES_OF_A_CHARACTER = 3;

    private final Map<String, Positions> lexemes = new LinkedHashMap<>();
    private int bytes;

    private static final class Positions {
        private final StringBuilder text = new StringBuilder();
        private int count;
    }

    private SearchVector() {}

    /** Null for a message that search must not find. */
    static @Nullable String of(ChannelName channel, @Nullable String text) {
        if (text == null) {
            return null;
        }
        SearchVector vector = new SearchVector();
        Tokenizer.read(text, vector::add);
        return vector.literal(channel);
    }

    /**
     * The lexeme that all messages of a channel have, as it stands in a {@code tsvector} or
     * {@code tsquery}.
     */
    static String channelLexeme(char made, ChannelName channel) {
        return "'" + made + channel.value() + "'";
    }

    /** Whether there is room for more. */
    private boolean add(Token token) {
        Positions positions = lexemes.get(token.text());
        if (positions == null) {
            bytes += token.text().length() * BYTES_OF_A_CHARACTER + BYTES_OF_A_LEXEME;
            if (bytes > MOST_BYTES) {
                return false;
            }
            positions = new Positions();
            lexemes.put(token.text(), positions);
        }
        if (positions.count < MOST_POSITIONS) {
            positions.count++;
            bytes += BYTES_OF_A_POSITION;
            positions
                    .text
                    .append(positions.text.isEmpty() ? ':' : ',')
                    .append(Math.min(token.position(), MOST_POSITION));
        }
        return true;
    }

    /** Tokens are letters, marks and digits: nothing in them needs escaping between quotes. */
    private String literal(ChannelName channel) {
        StringBuilder literal = new StringBuilder(channelLexeme(MADE_HERE, channel));
        lexemes.forEach((lexeme, positions) ->
                literal.append(" '").append(lexeme).append('\'').append(positions.text));
        return literal.toString();
    }
}
