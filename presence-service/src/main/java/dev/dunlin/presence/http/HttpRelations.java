package dev.dunlin.presence.http;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.visibility.RelationSource;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.Relations;
import dev.dunlin.protocol.http.RelationsQuery;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks message-service how users are related. */
@Singleton
final class HttpRelations implements RelationSource {
    private final MessageServiceClient messages;

    HttpRelations(@RestClient MessageServiceClient messages) {
        this.messages = messages;
    }

    @Override
    public Relations relations(UserId viewer, List<UserId> users) {
        try {
            return messages.relations(new RelationsQuery(viewer, users));
        } catch (WebApplicationException | ProcessingException e) {
            throw new PresenceUnavailable(
                    "whose presence you may see cannot be found out now: message-service is unreachable", e);
        }
    }
}
