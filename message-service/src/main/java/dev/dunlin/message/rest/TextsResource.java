package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.contact.Contacts.Pair;
import dev.dunlin.message.history.History;
import dev.dunlin.message.history.History.Place;
import dev.dunlin.message.history.Retained;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.TextList;
import dev.dunlin.protocol.http.TextQuery;
import dev.dunlin.protocol.http.TextQuery.Asked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The current data of messages, and who may read it. push-service asks when it sends, so that it
 * notifies nobody of a message that was deleted or edited.
 */
@Path("/internal/texts")
@RolesAllowed({TokenScopes.INTERNAL, TokenScopes.SERVER})
@RunOnVirtualThread
@Tag(name = "Internal")
@Produces(MediaType.APPLICATION_JSON)
public class TextsResource {
    private static final TextList.Text NOTHING = new TextList.Text(NullNode.getInstance(), List.of());

    private final Channels channels;
    private final History history;
    private final Retained retained;
    private final Contacts contacts;

    TextsResource(Channels channels, History history, Retained retained, Contacts contacts) {
        this.channels = channels;
        this.history = history;
        this.retained = retained;
        this.contacts = contacts;
    }

    /** Three queries: for the memberships, for the messages, and for those who block a sender. */
    @POST
    @Operation(operationId = "texts", summary = "Read the current data of messages, and who may read it")
    public TextList texts(@Nullable TextQuery query) {
        List<Asked> asked = require(query);
        Map<AccessQuery.Asked, Standing> standings = channels.standings(asked.stream()
                .flatMap(one -> one.users().stream().map(user -> new AccessQuery.Asked(one.channel(), user)))
                .collect(Collectors.toSet()));
        List<Found> found = asked.stream().map(one -> members(one, standings)).toList();
        Map<Place, ServerFrame.Message> messages = history.messages(found.stream()
                .filter(one -> !one.members().isEmpty())
                .map(Found::place)
                .collect(Collectors.toSet()));
        messages.values().removeIf(message -> !shows(message));
        Set<Pair> blocking = contacts.blocking(
                found.stream().flatMap(one -> pairs(one, messages)).collect(Collectors.toSet()));
        return new TextList(
                found.stream().map(one -> text(one, messages, blocking)).toList());
    }

    /** Where a message is, and those of the users who may see that far back. */
    private record Found(Place place, List<UserId> members) {}

    private Found members(Asked asked, Map<AccessQuery.Asked, Standing> standings) {
        return new Found(
                new Place(asked.channel(), asked.seq()),
                asked.users().stream()
                        .filter(user -> reads(standings.get(new AccessQuery.Asked(asked.channel(), user)), asked))
                        .toList());
    }

    private static Stream<Pair> pairs(Found found, Map<Place, ServerFrame.Message> messages) {
        ServerFrame.Message message = messages.get(found.place());
        return message == null ? Stream.empty() : found.members().stream().map(user -> new Pair(user, message.from()));
    }

    /** Users who block the sender are not notified. */
    private static TextList.Text text(Found found, Map<Place, ServerFrame.Message> messages, Set<Pair> blocking) {
        ServerFrame.Message message = messages.get(found.place());
        if (message == null || found.members().isEmpty()) {
            return NOTHING;
        }
        Map<Boolean, List<UserId>> byBlock = found.members().stream()
                .collect(Collectors.partitioningBy(user -> blocking.contains(new Pair(user, message.from()))));
        List<UserId> readers = byBlock.getOrDefault(false, List.of());
        List<UserId> blockers = byBlock.getOrDefault(true, List.of());
        return new TextList.Text(
                readers.isEmpty() ? NOTHING.data() : message.data(), readers, blockers.isEmpty() ? null : blockers);
    }

    private boolean reads(@Nullable Standing standing, Asked asked) {
        return standing != null
                && standing.role() != null
                && standing.channel().epoch().equals(asked.epoch())
                && channels.policy(asked.channel())
                        .filter(policy -> asked.seq() >= policy.from(standing.joined()))
                        .isPresent();
    }

    private boolean shows(ServerFrame.Message message) {
        return message.deleted() == null
                && channels.policy(message.channel())
                        .filter(policy -> retained.shows(policy, message.ts()))
                        .isPresent();
    }

    private static List<Asked> require(@Nullable TextQuery query) {
        List<Asked> asked = Askers.require(query).asked();
        if (asked == null
                || asked.size() > TextQuery.MOST
                || asked.stream()
                        .anyMatch(one -> one == null
                                || one.channel() == null
                                || one.epoch() == null
                                || one.users() == null
                                || one.users().stream().anyMatch(Objects::isNull))
                || asked.stream().mapToInt(one -> one.users().size()).sum() > TextQuery.MOST_USERS) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "asked: at most " + TextQuery.MOST + " with at most " + TextQuery.MOST_USERS
                            + " users in all, each with a channel, an epoch and users");
        }
        return asked;
    }
}
