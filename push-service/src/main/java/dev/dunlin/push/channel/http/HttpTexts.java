package dev.dunlin.push.channel.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.TextList;
import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Texts;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks message-service, once per message for all of its users. Nothing is cached: a message that
 * has just been deleted must not be sent.
 */
public final class HttpTexts implements Texts {
    private final MessageServiceClient client;

    public HttpTexts(MessageServiceClient client) {
        this.client = client;
    }

    @Override
    public Map<Place, JsonNode> current(Collection<Place> places) {
        List<Place> asked = List.copyOf(places);
        Map<Place, JsonNode> current = new HashMap<>();
        for (int start = 0; start < asked.size(); start += TextQuery.MOST) {
            ask(asked.subList(start, Math.min(asked.size(), start + TextQuery.MOST)), current);
        }
        return current;
    }

    private void ask(List<Place> places, Map<Place, JsonNode> into) {
        List<TextQuery.Asked> asked = asked(places);
        List<TextList.Text> answers = fetch(new TextQuery(asked));
        if (answers.size() != asked.size()) {
            throw new IllegalStateException("message-service: " + answers.size() + " answers to " + asked.size());
        }
        for (int i = 0; i < asked.size(); i++) {
            TextQuery.Asked one = asked.get(i);
            TextList.Text text = answers.get(i);
            text.readers()
                    .forEach(user -> into.put(new Place(one.channel(), one.epoch(), one.seq(), user), text.data()));
        }
    }

    private static List<TextQuery.Asked> asked(List<Place> places) {
        Map<TextQuery.Asked, List<UserId>> users = places.stream()
                .collect(groupingBy(
                        place -> new TextQuery.Asked(place.channel(), place.epoch(), place.seq(), List.of()),
                        LinkedHashMap::new,
                        mapping(Place::user, toList())));
        List<TextQuery.Asked> asked = new ArrayList<>(users.size());
        users.forEach((message, readers) ->
                asked.add(new TextQuery.Asked(message.channel(), message.epoch(), message.seq(), readers)));
        return asked;
    }

    private List<TextList.Text> fetch(TextQuery query) {
        try {
            return client.texts(query).texts();
        } catch (WebApplicationException | ProcessingException e) {
            throw new Unreachable("message-service: " + e.getMessage(), e);
        }
    }
}
