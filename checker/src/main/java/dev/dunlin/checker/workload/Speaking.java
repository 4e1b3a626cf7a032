package dev.dunlin.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One speaker at work: several lanes, each of which publishes one message after the other. */
final class Speaking {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_TEXT = 300;
    private static final int ONE_IN_REPEATED = 30;

    private final Plan.Speaker speaker;
    private final Publishing publishing;
    private final Publishing again;
    private final Recorder recorder;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger underWay;

    /** {@code underWay} counts publishes without an answer, of all speakers. */
    Speaking(Plan.Speaker speaker, Clients clients, Recorder recorder, AtomicInteger underWay) {
        this.speaker = speaker;
        this.publishing = clients.speaker(speaker);
        this.again = clients.again(speaker.who());
        this.recorder = recorder;
        this.underWay = underWay;
    }

    /**
     * Publishes every {@code interval} until {@code stop}. Returns when the last publish is
     * answered or has timed out.
     */
    void lane(long seed, Duration interval, CountDownLatch stop) throws InterruptedException {
        Random random = new Random(seed);
        Duration jittered = interval.multipliedBy(random.nextInt(100)).dividedBy(100);
        while (!stop.await(jittered.toNanos(), TimeUnit.NANOSECONDS) && !recorder.isFull()) {
            long begin = recorder.now();
            say(random);
            Duration spent = Duration.ofNanos(recorder.now() - begin);
            Duration wanted = interval.multipliedBy(50 + random.nextInt(100)).dividedBy(100);
            jittered = wanted.compareTo(spent) > 0 ? wanted.minus(spent) : Duration.ZERO;
        }
    }

    private void say(Random random) throws InterruptedException {
        List<ChannelName> channels = speaker.channels();
        ChannelName channel = channels.get(random.nextInt(channels.size()));
        int number = count.incrementAndGet();
        ClientMessageId id = new ClientMessageId(speaker.name() + "-" + number);
        JsonNode data =
                Json.tree(Map.of("says", speaker.name() + " " + number, "text", "x".repeat(random.nextInt(MOST_TEXT))));
        Answer answer = publish(publishing, channel, id, data);
        if (answer instanceof Answer.Acked && random.nextInt(ONE_IN_REPEATED) == 0) {
            publish(again, channel, id, data);
        }
    }

    private Answer publish(Publishing by, ChannelName channel, ClientMessageId id, JsonNode data)
            throws InterruptedException {
        long invoked = recorder.now();
        underWay.incrementAndGet();
        Answer answer;
        try {
            answer = by.publish(channel, id, data, PATIENCE);
        } finally {
            underWay.decrementAndGet();
        }
        recorder.publish(new Publish(
                speaker.name(),
                channel,
                speaker.who().user(),
                id,
                Event.content(data),
                invoked,
                recorder.now(),
                answer));
        return answer;
    }

    void close() {
        publishing.close();
        again.close();
    }
}
