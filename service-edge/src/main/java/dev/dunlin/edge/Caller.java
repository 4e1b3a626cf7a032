package dev.dunlin.edge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Who calls a resource, and the trace id of the call. */
@RequestScoped
public class Caller {
    private final JsonWebToken token;
    private final HttpServerRequest request;
    private @Nullable TraceId trace;

    @Inject
    Caller(JsonWebToken token, HttpServerRequest request) {
        this.token = token;
        this.request = request;
    }

    /**
     * The user that the token was given to; throws {@link RefusedException} if its {@code sub} is
     * no user id.
     */
    public UserId user() {
        try {
            return PathSegment.require(new UserId(token.getSubject()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ErrorCode.UNAUTHENTICATED, "the token's sub: " + e.getMessage());
        }
    }

    /** Whether the caller is a back end: scope {@code server}. */
    public boolean server() {
        return TokenScopes.isServer(token);
    }

    /** Whether the token grants reading the channel beyond membership. */
    public boolean canSubscribe(ChannelName channel) {
        return TokenGrants.of(token).allow(channel, TokenGrants.Action.SUBSCRIBE);
    }

    /** What the token grants on the channel's log beyond membership. */
    public Grant grant(ChannelName channel) {
        return TokenGrants.of(token).grant(channel);
    }

    /**
     * The id under which all services log what this call causes: that of the caller's
     * {@code traceparent}, or a new one.
     */
    public TraceId trace() {
        if (trace == null) {
            trace = TraceId.parse(request.getHeader(TraceId.HEADER))
                    .orElseGet(() -> TraceId.next(RandomGenerator.getDefault()));
        }
        return trace;
    }
}
