package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.contact.Related;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.AccessList;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.MemberPage;
import dev.dunlin.protocol.http.MembershipList;
import dev.dunlin.protocol.http.MembershipsOfMany;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import dev.dunlin.protocol.http.Relations;
import dev.dunlin.protocol.http.RelationsQuery;
import dev.dunlin.protocol.http.UsersQuery;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What other services ask, {@code docs/architecture.md}. */
@Path("/internal")
@RolesAllowed({TokenScopes.INTERNAL, TokenScopes.SERVER})
@RunOnVirtualThread
@Tag(name = "Internal")
@Produces(MediaType.APPLICATION_JSON)
public class InternalResource {
    /** The most channels that {@code welcome} subscribes to. */
    private static final int USUAL_CHANNELS = 1_000;

    private static final int MOST_CHANNELS = 10_000;

    private final Caller caller;
    private final Channels channels;
    private final Memberships memberships;
    private final Related related;
    private final ChannelPages pages;

    InternalResource(Caller caller, Channels channels, Memberships memberships, Related related, ChannelPages pages) {
        this.caller = caller;
        this.channels = channels;
        this.memberships = memberships;
        this.related = related;
        this.pages = pages;
    }

    /**
     * What the user may do by membership and namespace. The caller adds what the token grants
     * beyond that, so the answer covers channels of others too.
     */
    @GET
    @Path("channels/{channel}/access")
    @Operation(operationId = "access", summary = "Read what a user may do with a channel")
    public ChannelAccess access(@PathParam("channel") ChannelName channel, @QueryParam("user") @Nullable UserId user) {
        if (user == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "user: is required");
        }
        NamespacePolicy policy = Askers.orRefuse(channels.configured(channel));
        if (!policy.durable()) {
            return ephemeral(channel, policy);
        }
        ChannelView view = Askers.orRefuse(channels.view(channel, Asker.plain(user, caller.trace())));
        return durable(policy, new Standing(view.channel(), view.role(), view.read(), view.from(), view.blocked()));
    }

    /** The same of many at once, by one query: what exists already. */
    @POST
    @Path("access")
    @Operation(operationId = "accessOfMany", summary = "Read what users may do with channels")
    public AccessList access(@Nullable AccessQuery query) {
        List<Asked> asked = Askers.require(query).asked();
        if (asked == null
                || asked.size() > AccessQuery.MOST
                || asked.stream().anyMatch(one -> one == null || one.channel() == null || one.user() == null)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "asked: at most " + AccessQuery.MOST + ", each with a channel and a user");
        }
        Map<Asked, Standing> standings = channels.standings(asked);
        return new AccessList(
                asked.stream().map(one -> access(one, standings.get(one))).toList());
    }

    private @Nullable ChannelAccess access(Asked asked, @Nullable Standing standing) {
        NamespacePolicy policy = channels.policy(asked.channel()).orElse(null);
        if (policy != null && !policy.durable()) {
            return ephemeral(asked.channel(), policy);
        }
        return policy == null || standing == null ? null : durable(policy, standing);
    }

    /** Those that are not archived. */
    @GET
    @Path("users/{user}/channels")
    @Operation(operationId = "memberships", summary = "List the channels of a user")
    public MembershipList memberships(
            @PathParam("user") UserId user,
            @QueryParam("limit") @Schema(maximum = "" + MOST_CHANNELS, defaultValue = "" + USUAL_CHANNELS) @Nullable
                    String limit) {
        int most = Query.limit(limit, USUAL_CHANNELS, MOST_CHANNELS);
        return new MembershipList(seen(memberships.ofUser(user, most + 1))).atMost(most);
    }

    /** The same of many users at once, by one query: of those who have few channels. */
    @POST
    @Path("memberships")
    @Operation(operationId = "membershipsOfMany", summary = "List the channels of several users")
    public MembershipsOfMany memberships(@Nullable UsersQuery query) {
        List<UserId> users = Askers.require(query).users();
        if (users == null || users.size() > UsersQuery.MOST || users.stream().anyMatch(Objects::isNull)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "users: at most " + UsersQuery.MOST);
        }
        Map<UserId, List<ServerFrame.Membership>> found =
                memberships.ofUsers(Set.copyOf(users), MembershipsOfMany.MOST_CHANNELS + 1);
        return new MembershipsOfMany(users.stream()
                .map(user -> few(found.getOrDefault(user, List.of())))
                .toList());
    }

    private @Nullable MembershipList few(List<ServerFrame.Membership> channels) {
        return channels.size() > MembershipsOfMany.MOST_CHANNELS ? null : new MembershipList(seen(channels));
    }

    /** How users are related to one who wants to see them. */
    @POST
    @Path("relations")
    @Operation(operationId = "relations", summary = "Read how users are related to a user")
    public Relations relations(@Nullable RelationsQuery query) {
        RelationsQuery asked = Askers.require(query);
        if (asked.viewer() == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "viewer: is required");
        }
        List<UserId> users = asked.users();
        if (users == null
                || users.size() > RelationsQuery.MOST
                || users.stream().anyMatch(Objects::isNull)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "users: at most " + RelationsQuery.MOST);
        }
        return related.to(asked.viewer(), users);
    }

    @GET
    @Path("users/{user}/contacts")
    @Operation(operationId = "contacts", summary = "List the users who share a direct channel with a user")
    public ContactList contacts(@PathParam("user") UserId user) {
        return related.contacts(user, ContactList.MOST);
    }

    /** The log of any channel; the other service decides who may see it. */
    @GET
    @Path("channels/{channel}/events")
    @Operation(operationId = "logOfChannel", summary = "Read a page of the raw log of any channel")
    public EventPage events(
            @PathParam("channel") ChannelName channel,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit")
                    @Schema(maximum = "" + ChannelPages.MOST, defaultValue = "" + ChannelPages.USUAL_EVENTS)
                    @Nullable
                    String limit) {
        return pages.events(Askers.orRefuse(channels.readable(channel, service())), after, limit);
    }

    /** The members of any channel, likewise. */
    @GET
    @Path("channels/{channel}/members")
    @Operation(operationId = "membersOfChannel", summary = "List the members of any channel")
    public MemberPage members(
            @PathParam("channel") ChannelName channel,
            @QueryParam("limit")
                    @Schema(maximum = "" + ChannelPages.MOST, defaultValue = "" + ChannelPages.USUAL_MEMBERS)
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Askers.orRefuse(channels.readable(channel, service()));
        return pages.members(channel, limit, cursor);
    }

    private Asker service() {
        return new Asker(caller.user(), Grant.SERVER, true, caller.trace());
    }

    private List<ServerFrame.Membership> seen(List<ServerFrame.Membership> channels) {
        return channels.stream().map(this::seen).toList();
    }

    private ServerFrame.Membership seen(ServerFrame.Membership one) {
        long joined = one.from() == null ? 0 : one.from();
        return one.seenFrom(channels.policy(one.channel())
                .map(policy -> policy.from(joined))
                .orElse(1L));
    }

    private static ChannelAccess durable(NamespacePolicy policy, Standing standing) {
        ChannelState channel = standing.channel();
        boolean member = standing.role() != null;
        return new ChannelAccess(
                channel.name(),
                true,
                policy.presence() == PresenceMode.MEMBERS,
                policy.push() != PushMode.NONE,
                channel.epoch(),
                channel.head(),
                standing.read(),
                policy.maxMessageBytes(),
                policy.mayRead(member, false),
                policy.mayPublish(member, Grant.NONE) && !channel.archived() && !standing.blocked(),
                member,
                policy.conflate(),
                policy.from(standing.joined()),
                policy.presence(),
                null,
                policy.push());
    }

    private static ChannelAccess ephemeral(ChannelName channel, NamespacePolicy policy) {
        return new ChannelAccess(
                channel,
                false,
                policy.presence() == PresenceMode.MEMBERS,
                policy.push() != PushMode.NONE,
                null,
                0,
                0,
                policy.maxMessageBytes(),
                policy.mayRead(false, false),
                policy.mayPublish(false, Grant.NONE),
                false,
                policy.conflate(),
                1,
                policy.presence(),
                policy.last() ? true : null,
                policy.push());
    }
}
