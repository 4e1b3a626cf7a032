package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.HistoryLines;
import dev.dunlin.checker.history.Observer;
import dev.dunlin.checker.history.Overheard;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.history.Removal;
import dev.dunlin.checker.history.Step;
import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.run.Reader;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.checker.verdict.Checker;
import dev.dunlin.checker.workload.Clients;
import dev.dunlin.checker.workload.Habit;
import dev.dunlin.checker.workload.Medium;
import dev.dunlin.checker.workload.Plan;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open room in which clients listen over any transport and way while others speak. At the end
 * the checker compares what was acknowledged, what each was shown and what the log says: nothing
 * lost, doubled, out of order or changed. Thread-safe, but for the opening of listeners.
 */
final class Conversation implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** In one breath: so many publishes are under way at once. */
    private static final int LANES = 8;

    private final ChannelName room;
    private final Names names;
    private final Access quiet;
    private final Who reader;
    private final long begin = System.nanoTime();
    private final Recorder recorder = new Recorder(() -> System.nanoTime() - begin, new Unwritten());
    private final List<Listening> listeners = new ArrayList<>();
    private final AtomicInteger said = new AtomicInteger();

    /**
     * {@code quiet} is a way on which nothing is done to anybody: for the reading at the end, and
     * for who speaks unseen.
     */
    Conversation(Names names, String room, Access quiet) {
        this.room = names.room(room);
        this.names = names;
        this.quiet = quiet;
        this.reader = who("reader");
    }

    ChannelName room() {
        return room;
    }

    Who who(String name) {
        return new Who(new UserId(names.user(name).value()), false);
    }

    /** Somebody listens from now on, or from the first event where the transport has it so. */
    Watching listen(String name, Medium medium, Access way) {
        int before = recorder.watching().size();
        Listening listening = new Clients(way, recorder)
                .listener(new Plan.Listener(name, who(name), medium, Habit.STEADY, false, List.of(room)));
        listeners.add(listening);
        listening.open();
        return recorder.watching().get(before);
    }

    /** Waits until all who listen have begun to. */
    void awaitListening() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recorder.watching())
                        .allSatisfy(one -> assertThat(one.position())
                                .as(one.observer().name())
                                .isPresent()));
    }

    /** Says so many things by REST on the quiet way and has each acknowledged. */
    void say(int count) {
        say(count, Json.tree("text"));
    }

    /** The same with what is said. */
    void say(int count, JsonNode text) {
        say("quiet", count, text, new RestPublishing(quiet.rest(who("speaker"))));
    }

    /** The same over that transport. */
    void say(String name, int count, Publishing over) {
        say(name, count, Json.tree("text"), over);
    }

    private void say(String name, int count, JsonNode text, Publishing over) {
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService lanes =
                Executors.newFixedThreadPool(LANES, Thread.ofVirtual().factory())) {
            for (int i = 0; i < count; i++) {
                answers.add(lanes.submit(() -> sayOnce(name, text, over)));
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.resultNow()).isInstanceOf(Answer.Acked.class));
    }

    /** Says one thing; what becomes of it is noted and returned. */
    Answer sayOnce(String name, JsonNode text, Publishing over) throws InterruptedException {
        ClientMessageId id = new ClientMessageId("m" + said.incrementAndGet());
        long invoked = recorder.now();
        Answer answer = over.publish(room, id, text, PATIENCE);
        recorder.publish(new Publish(
                name,
                room,
                who(name.equals("quiet") ? "speaker" : name).user(),
                id,
                Event.content(text),
                invoked,
                recorder.now(),
                answer));
        return answer;
    }

    /** Somebody goes on saying things, one after the other, until that is finished. */
    Speaker speaker(String name, Publishing over) {
        return new Speaker(name, over);
    }

    /** How many publishes were acknowledged. */
    long acked() {
        return recorder.acked();
    }

    /** Waits until so many more publishes were acknowledged. */
    void awaitAcked(int more) {
        long before = acked();
        await().atMost(PATIENCE).until(() -> acked() >= before + more);
    }

    /** Waits until all who listen have come to the end of the log. */
    void awaitHeard() throws InterruptedException {
        long head = reader().head(room);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recorder.watching())
                        .allSatisfy(one -> assertThat(
                                        one.position().map(StreamPosition::seq).orElse(-1L))
                                .as(one.observer().name())
                                .isGreaterThanOrEqualTo(head)));
    }

    /**
     * Everybody heard everything once and in order, and everything that was acknowledged is in the
     * log.
     */
    void assertWhole() throws InterruptedException {
        awaitHeard();
        assertThat(Checker.check(recorder.history(reader().logs())).violations())
                .isEmpty();
        assertThat(recorder.acked()).isPositive();
    }

    private Reader reader() {
        return new Reader(quiet, new Plan(List.of(), List.of(), Map.of(), Map.of(room, reader)));
    }

    @Override
    public void close() {
        listeners.parallelStream().forEach(Listening::close);
    }

    /**
     * A thread that speaks. It is never interrupted: what became of a publish must be known, or the
     * log has something that nobody said.
     */
    final class Speaker {
        private static final Duration BETWEEN = Duration.ofMillis(150);

        private final CountDownLatch enough = new CountDownLatch(1);
        private final Thread thread;

        private Speaker(String name, Publishing over) {
            this.thread = Thread.ofVirtual().name(name).start(() -> {
                try (over) {
                    do {
                        sayOnce(name, Json.tree("text"), over);
                    } while (!enough.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        /** Says the last thing and waits for its answer. */
        void finish() throws InterruptedException {
            enough.countDown();
            thread.join();
        }
    }

    /** What is wrong is asserted; nobody reads the history afterwards. */
    private static final class Unwritten implements HistoryLines {
        @Override
        public void removal(Removal removal) {}

        @Override
        public void overheard(Overheard overheard) {}

        @Override
        public void publish(Publish publish) {}

        @Override
        public void step(Observer observer, ChannelName channel, Step step) {}
    }
}
