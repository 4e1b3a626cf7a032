package dev.dunlin.message.postgres;

import dev.dunlin.message.search.SearchQuery;
import dev.dunlin.protocol.ChannelName;
import java.util.stream.Collectors;

/** The text form of a {@code tsquery} over vectors of {@link SearchVector}. */
final class TextQuery {
    private TextQuery() {}

    static String of(ChannelName channel, SearchQuery query) {
        return SearchVector.channelLexeme(SearchVector.MADE_HERE, channel)
                + query.anyOf().stream().map(TextQuery::all).collect(Collectors.joining(" | ", " & (", ")"));
    }

    private static String all(SearchQuery.All all) {
        return all.terms().stream().map(TextQuery::term).collect(Collectors.joining(" & "));
    }

    private static String term(SearchQuery.Term term) {
        StringBuilder phrase = new StringBuilder(term.unwanted() ? "!(" : "(");
        for (SearchQuery.Part part : term.parts()) {
            if (part.distance() > 0) {
                phrase.append(" <").append(part.distance()).append("> ");
            }
            phrase.append('\'').append(part.text()).append('\'').append(part.prefix() ? ":*" : "");
        }
        return phrase.append(')').toString();
    }
}
