package dev.dunlin.push.channel.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.preference.Notify;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads channels and members from message-service over HTTP. */
public final class HttpChannels implements Channels {
    private static final int PAGE = 1_000;
    private static final int MOST_CHANNELS = 10_000;

    private final MessageServiceClient client;

    public HttpChannels(MessageServiceClient client) {
        this.client = client;
    }

    /**
     * The sender may be a back end that is no member and may not read the channel. Then this asks
     * on behalf of a member.
     */
    @Override
    public Optional<Notify> policy(ChannelName channel, UserId sender) {
        return access(channel, sender)
                .or(() -> page(channel, 1, null).flatMap(HttpChannels::first).flatMap(user -> access(channel, user)))
                .map(access -> switch (access.notifies()) {
                    case ALL -> Notify.ALL;
                    case MENTIONS -> Notify.MENTIONS;
                    case NONE -> Notify.NONE;
                });
    }

    private static Optional<UserId> first(MemberPage page) {
        return page.members().stream().map(MemberPage.Member::user).findFirst();
    }

    @Override
    public void eachPage(ChannelName channel, Consumer<List<UserId>> each) {
        String cursor = null;
        do {
            Optional<MemberPage> page = page(channel, PAGE, cursor);
            page.ifPresent(found -> each.accept(
                    found.members().stream().map(MemberPage.Member::user).toList()));
            cursor = page.map(MemberPage::next).orElse(null);
        } while (cursor != null);
    }

    @Override
    public Map<ChannelName, Long> ofUser(UserId user) {
        Map<ChannelName, Long> heads = new HashMap<>();
        fetch(() -> client.channelsOf(user, MOST_CHANNELS))
                .ifPresent(list -> list.channels().forEach(one -> heads.put(one.channel(), one.head())));
        return heads;
    }

    private Optional<ChannelAccess> access(ChannelName channel, UserId user) {
        return fetch(() -> client.access(channel, user));
    }

    private Optional<MemberPage> page(ChannelName channel, int limit, @Nullable String cursor) {
        return fetch(() -> client.members(channel, limit, cursor));
    }

    private static <T> Optional<T> fetch(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (WebApplicationException e) {
            int status = e.getResponse().getStatus();
            if (status == 403 || status == 404) {
                return Optional.empty();
            }
            throw new Unreachable("message-service: " + e.getMessage(), e);
        } catch (ProcessingException e) {
            throw new Unreachable("message-service: " + e.getMessage(), e);
        }
    }
}
