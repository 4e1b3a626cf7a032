package dev.dunlin.push.channel.http;

import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadQuery;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Unreads;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks message-service how much users have not read. */
public final class HttpUnreads implements Unreads {
    /** Fewer than may be asked: Cassandra reads each user's channels one by one. */
    private static final int MOST = 200;

    private final MessageServiceClient client;

    public HttpUnreads(MessageServiceClient client) {
        this.client = client;
    }

    @Override
    public Map<Place, Unread> unread(Collection<Place> places) {
        List<Place> asked = List.copyOf(places);
        Map<Place, Unread> found = HashMap.newHashMap(asked.size());
        for (int start = 0; start < asked.size(); start += MOST) {
            List<Place> some = asked.subList(start, Math.min(asked.size(), start + MOST));
            List<UnreadList.Unread> answers = fetch(some);
            if (answers.size() != some.size()) {
                throw new IllegalStateException("message-service: " + answers.size() + " answers to " + some.size());
            }
            for (int i = 0; i < some.size(); i++) {
                found.put(
                        some.get(i),
                        new Unread(answers.get(i).all(), answers.get(i).channel()));
            }
        }
        return found;
    }

    private List<UnreadList.Unread> fetch(List<Place> places) {
        try {
            return client.unread(new UnreadQuery(places.stream()
                            .map(place -> new UnreadQuery.Asked(place.user(), place.channel()))
                            .toList()))
                    .unread();
        } catch (WebApplicationException | ProcessingException e) {
            throw new Unreachable("message-service: " + e.getMessage(), e);
        }
    }
}
