package dev.dunlin.message.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text apart for the index and for queries, the same way on every machine. Letters, digits
 * and the marks on them make words; everything else separates them. So links, addresses and numbers
 * of tickets are found by their parts, and whole as the parts in their order. Scripts without
 * spaces, and Hangul, whose particles stick to words, come as overlapping pairs of characters.
 *
 * <p>One text, one thread. Linear in the length of the text.
 */
public final class Tokenizer {
    /** A longer word is cut, in the text and in the query. */
    public static final int MOST_CHARACTERS = 256;

    private static final int FIRST_WITHOUT_SPACES = 0x0E00; // Thai
    private static final int PROLONGED_SOUND_MARK = 0x30FC; // of the script "common"

    private final Predicate<Token> sink;
    private final StringBuilder word = new StringBuilder();
    private final StringBuilder character = new StringBuilder();
    private @Nullable String before;
    private boolean first;
    private int wordLength;
    private int position;
    private boolean stopped;

    private Tokenizer(Predicate<Token> sink) {
        this.sink = sink;
    }

    /** Gives the tokens of a text in their order to {@code sink}, until it answers false. */
    public static void read(String text, Predicate<Token> sink) {
        new Tokenizer(sink).read(Folding.fold(text));
    }

    /** All tokens of a short text. */
    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        read(text, tokens::add);
        return tokens;
    }

    private void read(String folded) {
        for (int i = 0; i < folded.length() && !stopped; ) {
            int next = folded.codePointAt(i);
            i += Character.charCount(next);
            if (Folding.isMark(next)) {
                mark(next);
            } else if (Character.isLetter(next) || isNumber(next)) {
                letter(next);
            } else if (Character.getType(next) != Character.FORMAT || next == 0x200B) {
                // invisible characters do not separate, but a zero width space does
                endWord();
                endRun();
            }
        }
        endWord();
        endRun();
    }

    private void letter(int letter) {
        if (isWithoutSpaces(letter)) {
            endWord();
            endCharacter();
            character.appendCodePoint(letter);
        } else {
            endRun();
            if (wordLength++ < MOST_CHARACTERS) {
                word.appendCodePoint(letter);
            }
        }
    }

    /**
     * A mark belongs to the letter before it. Alone it is nothing, and those that choose or frame a
     * picture are never part of a word.
     */
    private void mark(int mark) {
        if (isVariation(mark) || Character.getType(mark) == Character.ENCLOSING_MARK) {
            return;
        }
        if (!character.isEmpty()) {
            character.appendCodePoint(mark);
        } else if (!word.isEmpty() && wordLength++ < MOST_CHARACTERS) {
            word.appendCodePoint(mark);
        }
    }

    private void endWord() {
        if (!word.isEmpty()) {
            give(word.toString(), ++position, Token.Kind.WORD);
            word.setLength(0);
            wordLength = 0;
        }
    }

    private void endCharacter() {
        if (character.isEmpty()) {
            return;
        }
        String ended = character.toString();
        character.setLength(0);
        if (before != null) {
            give(before + ended, position, Token.Kind.PAIR);
        }
        first = before == null;
        before = ended;
        position++;
    }

    private void endRun() {
        endCharacter();
        if (before != null) {
            give(before, position, first ? Token.Kind.ONLY : Token.Kind.LAST);
            before = null;
        }
    }

    private void give(String text, int at, Token.Kind kind) {
        stopped = stopped || !sink.test(new Token(text, at, kind));
    }

    private static boolean isNumber(int character) {
        return switch (Character.getType(character)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isVariation(int mark) {
        return (mark >= 0xFE00 && mark <= 0xFE0F)
                || (mark >= 0xE0100 && mark <= 0xE01EF)
                || (mark >= 0x180B && mark <= 0x180F)
                || mark == 0x34F;
    }

    private static boolean isWithoutSpaces(int letter) {
        return letter >= FIRST_WITHOUT_SPACES
                && (letter == PROLONGED_SOUND_MARK
                        || switch (UnicodeScript.of(letter)) {
                            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL, THAI, LAO, KHMER, MYANMAR, YI -> true;
                            default -> false;
                        });
    }
}
