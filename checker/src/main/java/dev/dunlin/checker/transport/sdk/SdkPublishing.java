package dev.dunlin.checker.transport.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes with the SDK, which retries by itself. */
public final class SdkPublishing implements Publishing {
    private final DunlinClient client;

    /** {@code client} is connected or connecting; this closes it. */
    public SdkPublishing(DunlinClient client) {
        this.client = client;
    }

    @Override
    public Answer publish(ChannelName channel, ClientMessageId id, JsonNode data, Duration patience)
            throws InterruptedException {
        try {
            return new Answer.Acked(client.publish(channel, id, data, null)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .seq());
        } catch (TimeoutException e) {
            return new Answer.Unknown("no answer in " + patience);
        } catch (ExecutionException e) {
            return e.getCause() instanceof RequestFailed refused
                            && !refused.code().retryable()
                    ? new Answer.Refused(refused.code())
                    : new Answer.Unknown(String.valueOf(e.getCause()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
