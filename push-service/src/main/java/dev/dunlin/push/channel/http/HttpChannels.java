package dev.dunlin.push.channel.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads channels and members from message-service over HTTP. */
public final class HttpChannels implements Channels {
    private static final Logger LOG = Logger.getLogger(HttpChannels.class);
    private static final int PAGE = 200;

    private final MessageServiceClient client;
    private final int mostMembers;

    /** At most {@code mostMembers} of a channel are notified. */
    public HttpChannels(MessageServiceClient client, int mostMembers) {
        this.client = client;
        this.mostMembers = mostMembers;
    }

    /**
     * The sender may be a back end that is no member and may not read the channel. Then this asks
     * on behalf of a member.
     */
    @Override
    public Policy policy(ChannelName channel, UserId sender) {
        return access(channel, sender)
                .or(() -> members(channel).stream().findFirst().flatMap(member -> access(channel, member)))
                .map(access -> access.push() ? Policy.NOTIFIES : Policy.SILENT)
                .orElse(Policy.GONE);
    }

    @Override
    public List<UserId> members(ChannelName channel) {
        List<UserId> members = new ArrayList<>();
        String cursor = null;
        do {
            Optional<MemberPage> page = page(channel, cursor);
            page.ifPresent(found -> found.members().forEach(member -> members.add(member.user())));
            cursor = page.map(MemberPage::next).orElse(null);
        } while (cursor != null && members.size() < mostMembers);
        if (cursor != null || members.size() > mostMembers) {
            LOG.warnf("%s has more members than dunlin.push.max-members: only %d are notified", channel, mostMembers);
            return List.copyOf(members.subList(0, Math.min(mostMembers, members.size())));
        }
        return List.copyOf(members);
    }

    @Override
    public void membersChanged(ChannelName channel) {
        // nothing is cached here
    }

    @Override
    public OptionalLong unread(ChannelName channel, UserId user) {
        try {
            return access(channel, user)
                    .map(access -> OptionalLong.of(access.head() - access.read()))
                    .orElse(OptionalLong.empty());
        } catch (Unreachable e) {
            return OptionalLong.empty();
        }
    }

    private Optional<ChannelAccess> access(ChannelName channel, UserId user) {
        return fetch(() -> client.access(channel, user));
    }

    private Optional<MemberPage> page(ChannelName channel, @Nullable String cursor) {
        return fetch(() -> client.members(channel, PAGE, cursor));
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
