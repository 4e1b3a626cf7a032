package dev.dunlin.presence.redis;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.redis.EndSession.End;
import dev.dunlin.presence.redis.EndSession.Witness;
import dev.dunlin.presence.session.SessionDirectory;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of all users in Redis: one script call for each event; the calls of a batch are
 * pipelined.
 */
@Singleton
final class RedisSessionDirectory implements SessionDirectory {
    private final PinnedRedis redis;
    private final PresenceSettings settings;

    RedisSessionDirectory(PinnedRedis redis, PresenceSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    @Override
    public List<Status> apply(List<SessionEvent> events, Instant now) {
        List<Response> responses =
                redis.send(events.stream().map(event -> request(event, now)).toList());
        List<Status> published = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            outcome(events.get(i), responses.get(i)).ifPresent(published::add);
        }
        return published;
    }

    private Request request(SessionEvent event, Instant now) {
        return switch (event.type()) {
            case STARTED -> PutSession.request(event, "start", now);
            case ACTIVE -> PutSession.request(event, "online", now);
            case AWAY -> PutSession.request(event, "away", now);
            case ENDED ->
                EndSession.request(
                        new End(event.user(), event.session(), event.node(), event.at(), Witness.NODE),
                        now.plus(settings.grace()),
                        settings.tombstone());
        };
    }

    private static Optional<Status> outcome(SessionEvent event, Response response) {
        return switch (event.type()) {
            case STARTED, ACTIVE, AWAY -> PutSession.Outcome.of(response).published();
            case ENDED -> EndSession.Outcome.of(response).published();
        };
    }
}
