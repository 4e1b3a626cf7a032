package dev.dunlin.checker.transport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes by POST, and retries with the same id while the outcome is unknown. */
public final class RestPublishing implements Publishing {
    private static final Duration EACH = Duration.ofSeconds(8);
    private static final Duration BETWEEN = Duration.ofMillis(300);

    private final RestClient rest;

    public RestPublishing(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public Answer publish(ChannelName channel, ClientMessageId id, JsonNode data, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String why = "";
        while (System.nanoTime() - deadline < 0) {
            try {
                return new Answer.Acked(rest.publish(channel, id, data)
                        .get(EACH.toMillis(), TimeUnit.MILLISECONDS)
                        .seq());
            } catch (TimeoutException e) {
                why = "no answer";
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RequestFailed refused
                        && !refused.code().retryable()) {
                    return new Answer.Refused(refused.code());
                }
                why = String.valueOf(e.getCause());
            }
            Thread.sleep(BETWEEN);
        }
        return new Answer.Unknown(why);
    }

    @Override
    public void close() {}
}
