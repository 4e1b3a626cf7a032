package dev.dunlin.push.channel.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.TextList;
import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.decision.Content;
import dev.dunlin.push.decision.Reason;
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
    public Map<Place, Content> current(Collection<Place> places) {
        List<Place> asked = List.copyOf(places);
        Map<Place, Content> current = new HashMap<>();
        for (int start = 0; start < asked.size(); start += TextQuery.MOST) {
            ask(asked.subList(start, Math.min(asked.size(), start + TextQuery.MOST)), current);
        }
        return current;
    }

    private void ask(List<Place> places, Map<Place, Content> into) {
        List<TextQuery.Asked> asked = asked(places);
        List<TextList.Text> answers = fetch(new TextQuery(asked));
        if (answers.size() != asked.size()) {
            throw new IllegalStateException("message-service: " + answers.size() + " answers to " + asked.size());
        }
        for (int i = 0; i < asked.size(); i++) {
            TextQuery.Asked one = asked.get(i);
            TextList.Text text = answers.get(i);
            List<UserId> blocking = text.blocking() == null ? List.of() : text.blocking();
            boolean deleted = text.data().isNull() && blocking.isEmpty();
            Content other = new Content.Unreadable(deleted ? Reason.DELETED : Reason.NO_ACCESS);
            one.users().forEach(user -> into.put(place(one, user), other));
            blocking.forEach(user -> into.put(place(one, user), new Content.Unreadable(Reason.BLOCKED)));
            text.readers().forEach(user -> into.put(place(one, user), new Content.Text(text.data())));
        }
    }

    private static Place place(TextQuery.Asked asked, UserId user) {
        return new Place(asked.channel(), asked.epoch(), asked.seq(), user);
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
