package dev.dunlin.protocol;

/**
 * A set of ASCII characters, and how many of them a text may have. Ids are checked at every hop of
 * every message, and a loop costs a tenth of a regular expression.
 */
final class Alphabet {
    private final boolean[] allowed = new boolean[128];
    private final int most;

    private Alphabet(String characters, int most) {
        this.most = most;
        characters.chars().forEach(c -> allowed[c] = true);
    }

    /** Letters and digits of ASCII, and {@code others}; 1 to {@code most} of them. */
    static Alphabet lettersDigitsAnd(String others, int most) {
        return new Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + others, most);
    }

    /** The characters from {@code first} to {@code last}; 1 to {@code most} of them. */
    static Alphabet range(char first, char last, int most) {
        StringBuilder characters = new StringBuilder();
        for (char c = first; c <= last; c++) {
            characters.append(c);
        }
        return new Alphabet(characters.toString(), most);
    }

    boolean allows(String text) {
        return !text.isEmpty() && text.length() <= most && allows(text, 0, text.length());
    }

    /**
     * Whether all characters from {@code from} to before {@code to} are allowed; their number does
     * not matter.
     */
    boolean allows(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= allowed.length || !allowed[c]) {
                return false;
            }
        }
        return true;
    }
}
