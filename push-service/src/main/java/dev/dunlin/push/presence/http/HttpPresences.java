package dev.dunlin.push.presence.http;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.presence.Presences;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads statuses from presence-service over HTTP, a hundred users in each call. */
@Singleton
final class HttpPresences implements Presences {
    private final PresenceServiceClient client;

    @Inject
    HttpPresences(@RestClient PresenceServiceClient client) {
        this.client = client;
    }

    @Override
    public Absent absent(Collection<UserId> users) {
        List<UserId> asked = new ArrayList<>(new HashSet<>(users));
        Set<UserId> offline = new HashSet<>();
        Set<UserId> unknown = new HashSet<>();
        for (int start = 0; start < asked.size(); start += UsersQuery.MOST) {
            List<UserId> some = asked.subList(start, Math.min(asked.size(), start + UsersQuery.MOST));
            for (UserPresence presence : fetch(some)) {
                if (presence.status() == Status.OFFLINE) {
                    offline.add(presence.user());
                } else if (presence.status() == Status.UNKNOWN) {
                    unknown.add(presence.user());
                }
            }
        }
        return new Absent(offline, unknown);
    }

    private List<UserPresence> fetch(List<UserId> users) {
        try {
            return client.presence(new UsersQuery(users)).users();
        } catch (WebApplicationException | ProcessingException e) {
            throw new Unreachable("presence-service: " + e.getMessage(), e);
        }
    }
}
