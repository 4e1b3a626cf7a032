package dev.dunlin.message.search;

/**
 * A part of a text that can be found.
 *
 * @param text letters, marks and digits only, folded; at most {@link Tokenizer#MOST_CHARACTERS}
 *     characters
 * @param position its place in the text, from 1; neighbours differ by 1
 */
public record Token(String text, int position, Kind kind) {
    /** What a token is made of. */
    public enum Kind {
        /** A word of a script that puts spaces between words. */
        WORD,
        /** Two neighbours in a run of characters of a script without spaces. */
        PAIR,
        /** The last character of such a run. */
        LAST,
        /** The only character of such a run. */
        ONLY
    }
}
