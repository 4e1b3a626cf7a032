package dev.dunlin.message.rest;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenScopes;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.history.History;
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
import java.util.Optional;
import java.util.Set;
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

    /** One query for the memberships, and two by their keys for each message. */
    @POST
    @Operation(operationId = "texts", summary = "Read the current data of messages, and who may read it")
    public TextList texts(@Nullable TextQuery query) {
        List<Asked> asked = require(query);
        Map<AccessQuery.Asked, Standing> standings = channels.standings(asked.stream()
                .flatMap(one -> one.users().stream().map(user -> new AccessQuery.Asked(one.channel(), user)))
                .distinct()
                .toList());
        return new TextList(asked.stream().map(one -> text(one, standings)).toList());
    }

    private TextList.Text text(Asked asked, Map<AccessQuery.Asked, Standing> standings) {
        List<UserId> members = asked.users().stream()
                .filter(user -> reads(standings.get(new AccessQuery.Asked(asked.channel(), user)), asked))
                .toList();
        return members.isEmpty()
                ? NOTHING
                : find(asked).map(message -> text(message, members)).orElse(NOTHING);
    }

    /** Users who block the sender are not notified. */
    private TextList.Text text(ServerFrame.Message message, List<UserId> members) {
        Set<UserId> blocking = contacts.blocking(message.from(), members);
        List<UserId> readers =
                members.stream().filter(user -> !blocking.contains(user)).toList();
        return readers.isEmpty() ? NOTHING : new TextList.Text(message.data(), readers);
    }

    private boolean reads(@Nullable Standing standing, Asked asked) {
        return standing != null
                && standing.role() != null
                && standing.channel().epoch().equals(asked.epoch())
                && channels.policy(asked.channel())
                        .filter(policy -> asked.seq() >= policy.from(standing.joined()))
                        .isPresent();
    }

    private Optional<ServerFrame.Message> find(Asked asked) {
        return history.messagesAfter(asked.channel(), asked.seq() - 1, 1).stream()
                .filter(message -> message.seq() == asked.seq()
                        && message.deleted() == null
                        && channels.policy(asked.channel())
                                .filter(policy -> retained.shows(policy, message.ts()))
                                .isPresent())
                .findFirst();
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
