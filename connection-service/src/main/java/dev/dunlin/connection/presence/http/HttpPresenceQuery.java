package dev.dunlin.connection.presence.http;

import dev.dunlin.connection.http.BoundedCalls;
import dev.dunlin.connection.presence.PresenceQuery;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.UsersQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads presence from presence-service over HTTP. */
public final class HttpPresenceQuery implements PresenceQuery {
    private final PresenceServiceClient client;
    private final BoundedCalls calls;

    public HttpPresenceQuery(PresenceServiceClient client, BoundedCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    @Override
    public CompletionStage<List<UserPresence>> presence(List<UserId> users) {
        return calls.call(() -> client.presence(new UsersQuery(users)).users());
    }
}
