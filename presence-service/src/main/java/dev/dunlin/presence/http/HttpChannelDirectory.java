package dev.dunlin.presence.http;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.channel.ChannelDirectory;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.PresenceMode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Reads channels and members from message-service over HTTP. */
@Singleton
final class HttpChannelDirectory implements ChannelDirectory {
    private static final int PAGE = 200;

    private final MessageServiceClient messages;

    HttpChannelDirectory(@RestClient MessageServiceClient messages) {
        this.messages = messages;
    }

    @Override
    public View view(ChannelName channel, UserId user) {
        try {
            ChannelAccess access = messages.access(channel.value(), user.value());
            return new View.Found(access.subscribe(), access.shown());
        } catch (WebApplicationException e) {
            return switch (e.getResponse().getStatus()) {
                case 403 -> new View.Found(false, PresenceMode.NONE);
                case 404 -> new View.Missing();
                default -> throw unreachable(e);
            };
        } catch (ProcessingException e) {
            throw unreachable(e);
        }
    }

    @Override
    public Members members(ChannelName channel, int most) {
        List<UserId> users = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            MemberPage page = page(channel, cursor);
            page.members().forEach(member -> users.add(member.user()));
            cursor = page.next();
        } while (cursor != null && users.size() < most);
        boolean complete = cursor == null && users.size() <= most;
        return new Members(List.copyOf(users.subList(0, Math.min(most, users.size()))), complete);
    }

    private MemberPage page(ChannelName channel, @Nullable String cursor) {
        try {
            return messages.members(channel.value(), PAGE, cursor);
        } catch (WebApplicationException | ProcessingException e) {
            throw unreachable(e);
        }
    }

    private static PresenceUnavailable unreachable(RuntimeException failure) {
        return new PresenceUnavailable("the channel cannot be looked up now: message-service is unreachable", failure);
    }
}
