package dev.dunlin.push.presence.http;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.presence.Standing;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads presence from presence-service over HTTP, thousands of users in a call. */
@Singleton
final class HttpPresences implements Presences {
    private final PresenceServiceClient client;

    @Inject
    HttpPresences(@RestClient PresenceServiceClient client) {
        this.client = client;
    }

    @Override
    public Map<UserId, Standing> standings(Collection<UserId> users) {
        List<UserId> asked = users.stream().distinct().toList();
        Map<UserId, Standing> standings = HashMap.newHashMap(asked.size());
        for (int start = 0; start < asked.size(); start += UsersQuery.MOST_AS_IT_IS) {
            PresenceList answer = fetch(asked.subList(start, Math.min(asked.size(), start + UsersQuery.MOST_AS_IT_IS)));
            Map<UserId, Long> away = answer.awaySince() == null ? Map.of() : answer.awaySince();
            answer.users()
                    .forEach(user -> standings.put(user.user(), standing(user, away.getOrDefault(user.user(), 0L))));
        }
        return standings;
    }

    private static Standing standing(UserPresence user, long awaySince) {
        return new Standing(user.status(), Instant.ofEpochMilli(awaySince), Boolean.TRUE.equals(user.dnd()));
    }

    private PresenceList fetch(List<UserId> users) {
        try {
            return client.presence(new UsersQuery(users));
        } catch (WebApplicationException | ProcessingException e) {
            throw new Unreachable("presence-service: " + e.getMessage(), e);
        }
    }
}
