package dev.dunlin.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.PushRecorder;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Direct messages, each from another user. No later message of its channel makes up for one whose
 * notification is lost. For one thread.
 */
final class Letters {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LEAST_PAUSE_MILLIS = 300;
    private static final int MOST_PAUSE_MILLIS = 1_500;

    private final String sender;
    private final Access access;
    private final List<UserId> recipients;
    private final PushRecorder recorder;
    private final Random random;

    /** {@code sender}: how the ids of the senders begin. */
    Letters(String sender, Access access, List<UserId> recipients, PushRecorder recorder, Random random) {
        this.sender = sender;
        this.access = access;
        this.recipients = List.copyOf(recipients);
        this.recorder = recorder;
        this.random = random;
    }

    /** Until the loop is closed. */
    void run(Loop loop) throws InterruptedException {
        int count = 0;
        while (loop.pause(Duration.ofMillis(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS)))
                && !recorder.isFull()) {
            send(new UserId(sender + "-" + ++count), recipients.get(random.nextInt(recipients.size())));
        }
    }

    private void send(UserId from, UserId to) throws InterruptedException {
        ChannelName channel = ChannelName.direct(from, to).orElseThrow();
        recorder.channel(channel, List.of(from, to));
        JsonNode data = Json.tree(Map.of("text", "from " + from));
        long invoked = recorder.now();
        try (RestPublishing publishing = new RestPublishing(access.rest(new Who(from, false)))) {
            if (publishing.publish(channel, new ClientMessageId("letter"), data, PATIENCE)
                    instanceof Answer.Acked(long seq)) {
                var unused = recorder.acked(channel, seq, from, Event.content(data), invoked);
            }
        }
    }
}
