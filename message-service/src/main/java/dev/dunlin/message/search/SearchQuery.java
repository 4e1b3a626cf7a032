package dev.dunlin.message.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a user looks for.
 *
 * @param anyOf one of these must hold, at least one
 */
public record SearchQuery(List<All> anyOf) {
    /** All of these must hold. */
    public record All(List<Term> terms) {}

    /**
     * Parts that stand behind each other in the text.
     *
     * @param unwanted whether a message must not have them
     */
    public record Term(boolean unwanted, List<Part> parts) {}

    /**
     * A token to look for.
     *
     * @param distance how far it is from the part before it; 0 for the first
     * @param prefix whether it may be the beginning of a longer one
     */
    public record Part(String text, int distance, boolean prefix) {}

    private sealed interface Item {
        record Or() implements Item {}

        record Words(Term term) implements Item {}
    }

    /** Without something on both sides it is a word. */
    private static final Part OR = new Part("or", 0, false);

    private static final Item SEPARATOR = new Item.Or();

    /**
     * Reads {@code words "a phrase" or -not}, at most some hundred characters; empty if there is
     * nothing to look for.
     */
    public static Optional<SearchQuery> read(String text) {
        List<All> anyOf = new ArrayList<>();
        List<Term> terms = new ArrayList<>();
        List<Item> items = items(text);
        for (int i = 0; i < items.size(); i++) {
            boolean between = !terms.isEmpty() && i < items.size() - 1;
            switch (items.get(i)) {
                case Item.Words(Term term) -> terms.add(term);
                case Item.Or() -> {
                    if (between) {
                        anyOf.add(new All(List.copyOf(terms)));
                        terms.clear();
                    } else {
                        terms.add(new Term(false, List.of(OR)));
                    }
                }
            }
        }
        if (!terms.isEmpty()) {
            anyOf.add(new All(List.copyOf(terms)));
        }
        return anyOf.isEmpty() ? Optional.empty() : Optional.of(new SearchQuery(List.copyOf(anyOf)));
    }

    private static List<Item> items(String text) {
        List<Item> items = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                at++;
                continue;
            }
            boolean unwanted = text.charAt(at) == '-';
            int start = unwanted ? at + 1 : at;
            boolean quoted = start < text.length() && text.charAt(start) == '"';
            int end = quoted ? closing(text, start + 1) : endOfWord(text, start);
            String words = text.substring(quoted ? start + 1 : start, end);
            at = quoted && end < text.length() ? end + 1 : end;
            if (!unwanted && !quoted && words.equalsIgnoreCase("or")) {
                items.add(SEPARATOR);
            } else {
                boolean growing = !unwanted && !quoted && text.substring(at).isBlank();
                List<Part> parts = parts(words, growing);
                if (!parts.isEmpty()) {
                    items.add(new Item.Words(new Term(unwanted, parts)));
                }
            }
        }
        return items;
    }

    private static List<Part> parts(String words, boolean growing) {
        List<Token> tokens = Tokenizer.tokens(words);
        List<Part> parts = new ArrayList<>(tokens.size());
        int before = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean last = i == tokens.size() - 1;
            if (last && token.kind() == Token.Kind.LAST) {
                break; // it is in the pair before it, and in the text it need not end the run
            }
            boolean prefix = last && mayGrow(token, growing);
            parts.add(new Part(token.text(), parts.isEmpty() ? 0 : token.position() - before, prefix));
            before = token.position();
        }
        return List.copyOf(parts);
    }

    /** Whether a text may have a longer token instead of the last one of a word. */
    private static boolean mayGrow(Token token, boolean growing) {
        return switch (token.kind()) {
            case ONLY -> true; // the beginning of a pair, or alone
            case WORD -> growing && token.text().codePointCount(0, token.text().length()) > 1;
            case PAIR, LAST -> false;
        };
    }

    private static int closing(String text, int from) {
        int end = text.indexOf('"', from);
        return end < 0 ? text.length() : end;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '"' && !isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
