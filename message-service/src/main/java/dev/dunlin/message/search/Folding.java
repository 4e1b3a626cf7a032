package dev.dunlin.message.search;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes texts equal that readers regard as the same: NFKC, then full case folding, then NFKC again.
 * The JDK has no case folding; lower, upper and lower case one after the other make the same
 * characters equal, and {@code FoldingTest} compares them for all of Unicode. Stateless; linear in
 * the length of the text.
 */
final class Folding {
    /**
     * The most marks after one character, as in Unicode's stream-safe text format (UAX 15). Sorting
     * the marks of a longer run would cost the square of its length.
     */
    private static final int MOST_MARKS = 30;

    private static final int DOT_ABOVE = 0x307;
    /** All characters whose upper case is more than one character are below, once NFKC is done. */
    private static final int NO_SPECIAL_CASING = 0x2000;

    private Folding() {}

    static String fold(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length() + 16);
        Normalizer.normalize(bounded(text), Normalizer.Form.NFKC).codePoints().forEach(c -> appendFolded(c, folded));
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Whether a character attaches to the one before it, or becomes one that does. */
    static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> character == 0xFF9E || character == 0xFF9F; // half width voiced sound marks
        };
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80 && (c < 'A' || c > 'Z'));
    }

    private static CharSequence bounded(String text) {
        StringBuilder bounded = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            marks = isMark(character) ? marks + 1 : 0;
            if (marks <= MOST_MARKS) {
                bounded.appendCodePoint(character);
            }
            i += Character.charCount(character);
        }
        return bounded;
    }

    /**
     * One character at a time: {@code String.toLowerCase} looks around each final sigma, and
     * {@code toUpperCase} copies all of the text for each ß.
     */
    private static void appendFolded(int character, StringBuilder folded) {
        if (character < 0x80) {
            folded.append((char) Character.toLowerCase(character));
            return;
        }
        int lower = Character.toLowerCase(character);
        if (lower == DOT_ABOVE && folded.length() > 0 && folded.charAt(folded.length() - 1) == 'i') {
            return; // İ in lower case, as other software writes it
        }
        if (!Character.isLowerCase(lower)) {
            folded.appendCodePoint(lower);
        } else if (lower >= NO_SPECIAL_CASING) {
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(lower)));
        } else {
            Character.toString(lower)
                    .toUpperCase(Locale.ROOT)
                    .codePoints()
                    .map(Character::toLowerCase)
                    .forEach(folded::appendCodePoint);
        }
    }
}
