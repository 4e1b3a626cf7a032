package dev.dunlin.message.rest;

import dev.dunlin.edge.Caller;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.history.MessagePage;
import dev.dunlin.message.history.Retained;
import dev.dunlin.message.search.Search;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Search in a channel's messages. */
@Path("/v1/channels/{channel}/search")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
    private static final int USUAL = 20;
    private static final int LONGEST = 256;

    private final Caller caller;
    private final Channels channels;
    private final Retained retained;
    private final Search search;

    SearchResource(Caller caller, Channels channels, Retained retained, Search search) {
        this.caller = caller;
        this.channels = channels;
        this.retained = retained;
        this.search = search;
    }

    @GET
    @Operation(
            operationId = "searchMessages",
            summary = "Search a channel, newest messages first",
            description = "Send prev as before to get older ones.")
    public MessagePage search(
            @PathParam("channel") ChannelName channel,
            @QueryParam("q") @Nullable String text,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Schema(maximum = "" + MessagePage.MOST, defaultValue = "" + USUAL) @Nullable
                    String limit) {
        String words = requireText(text);
        long until = Query.seq("before", before).orElse(Long.MAX_VALUE);
        int size = Query.limit(limit, USUAL, MessagePage.MOST);
        ChannelView view = Askers.orRefuse(channels.readable(channel, Askers.of(caller, channel)));
        if (!view.policy().search()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "the namespace " + channel.namespace() + " is not searched");
        }
        return switch (search.search(channel, words, retained.first(view), until, size + 1)) {
            case Search.Result.Found(var messages) -> MessagePage.found(messages, size);
            case Search.Result.Nothing() ->
                throw new RefusedException(ErrorCode.BAD_REQUEST, "q: has no word to look for");
            case Search.Result.Unsupported() ->
                throw new RefusedException(ErrorCode.BAD_REQUEST, "the store of this installation cannot search");
        };
    }

    private static String requireText(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "q: is required, and must have a word to look for");
        }
        boolean allowed = text.length() <= LONGEST
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (!allowed) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "q: must be 1 to " + LONGEST + " characters without control characters");
        }
        return text;
    }
}
