package dev.dunlin.connection.presence.http;

import dev.dunlin.connection.access.http.MessageServiceClient;
import dev.dunlin.connection.http.BoundedCalls;
import dev.dunlin.connection.presence.PresenceQuery;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads presence from presence-service, and contacts from message-service, over HTTP. */
public final class HttpPresenceQuery implements PresenceQuery {
    private final PresenceServiceClient client;
    private final BoundedCalls calls;
    private final MessageServiceClient messages;
    private final BoundedCalls messageCalls;

    public HttpPresenceQuery(
            PresenceServiceClient client,
            BoundedCalls calls,
            MessageServiceClient messages,
            BoundedCalls messageCalls) {
        this.client = client;
        this.calls = calls;
        this.messages = messages;
        this.messageCalls = messageCalls;
    }

    @Override
    public CompletionStage<List<UserPresence>> shown(List<UserId> users) {
        return calls.call(
                () -> client.presence(new UsersQuery(users, null, true, null)).users());
    }

    @Override
    public CompletionStage<PresenceList> seen(@Nullable UserId viewer, List<UserId> users, boolean fresh) {
        return calls.call(() -> client.presence(new UsersQuery(users, viewer, null, fresh ? true : null)));
    }

    @Override
    public CompletionStage<ContactList> contacts(UserId user) {
        return messageCalls.call(() -> messages.contacts(user.value()));
    }
}
