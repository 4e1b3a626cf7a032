package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.channel.Lookup;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.CommandGateway.Answer;
import dev.dunlin.message.command.CommandGateway.Answers;
import dev.dunlin.message.command.CommandGateway.Request;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Many messages of a back end in one call. All are sent to the log before the first outcome is
 * awaited.
 */
@Path("/v1/publish")
@RolesAllowed("server")
@RunOnVirtualThread
@Tag(name = "Back end")
@Produces(MediaType.APPLICATION_JSON)
public class PublishResource {
    private final Caller caller;
    private final Channels channels;
    private final CommandGateway gateway;

    PublishResource(Caller caller, Channels channels, CommandGateway gateway) {
        this.caller = caller;
        this.channels = channels;
        this.gateway = gateway;
    }

    @POST
    @Operation(
            operationId = "publishMany",
            summary = "Publish up to 1,000 messages to one or many channels",
            description = "Needs the scope server. Each message has its own outcome, in their order.")
    public Bulk.Results publish(
            @HeaderParam("Idempotency-Key") @Schema(minLength = 1, maxLength = Bulk.LONGEST_KEY) @Nullable String key,
            Bulk.@Nullable Messages body) {
        List<Bulk.Item> items = Askers.require(body).items(key);
        List<Optional<Refusal>> refusals = items.stream().map(this::findRefusal).toList();
        List<Request> requests = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (refusals.get(i).isEmpty()) {
                requests.add(request(items.get(i)));
            }
        }
        Iterator<Answer> answers = requireEach(gateway.askAll(requests)).iterator();
        List<Bulk.Result> results = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Answer answer = refusals.get(i).<Answer>map(Answer.Refused::new).orElseGet(answers::next);
            results.add(Bulk.Result.of(items.get(i), answer));
        }
        return new Bulk.Results(results);
    }

    private static List<Answer> requireEach(Answers answers) {
        return switch (answers) {
            case Answers.Each(var each) -> each;
            case Answers.Refused(var refusal) -> throw new RefusedException(refusal);
        };
    }

    private Request request(Bulk.Item item) {
        return new Request(
                item.channel(),
                Askers.of(caller, item.channel()),
                new Publish(new ClientMessageId(item.id()), item.data(), null, item.mentions()));
    }

    /** Refuses here what the writer would refuse, so that it need not fit in a Kafka record. */
    private Optional<Refusal> findRefusal(Bulk.Item item) {
        return switch (channels.durable(item.channel())) {
            case Lookup.Found<NamespacePolicy>(var policy) -> Askers.findOversize(policy, item.data());
            case Lookup.Refused<NamespacePolicy>(var refusal) -> Optional.of(refusal);
        };
    }
}
