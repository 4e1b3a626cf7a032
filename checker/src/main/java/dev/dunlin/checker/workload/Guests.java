package dev.dunlin.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.history.Removal;
import dev.dunlin.checker.nemesis.Schedule;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.transport.socket.InsistentListening;
import dev.dunlin.checker.transport.stream.EventStreamListening;
import dev.dunlin.checker.transport.stream.PollListening;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A group with a host that publishes all the time, and guests that are removed and added again.
 * Each guest uses another transport and subscribes again after its removal. Runs on its own threads
 * until closed.
 */
public final class Guests implements AutoCloseable {
    /**
     * How long a removed guest stays out: longer than a removal may take, so that messages are sent
     * meanwhile.
     */
    private static final Duration OUTSIDE = Duration.ofSeconds(9);

    private static final Duration SPEAKS_EVERY = Duration.ofMillis(200);
    private static final Duration EACH = Duration.ofSeconds(8);
    private static final Duration BETWEEN = Duration.ofMillis(300);
    /**
     * After this time, no attempt without an answer can still take effect: the nemesis stops no
     * process for longer than an outage of Kafka.
     */
    private static final Duration DOUBT = Schedule.OUTAGE.plusSeconds(5);

    private static final int LEAST_INSIDE_MILLIS = 1_500;
    private static final int MOST_INSIDE_MILLIS = 5_000;

    private final Recorder recorder;
    private final long seed;
    private final ChannelName channel;
    private final RestClient host;
    private final List<Guest> guests;
    private final List<Loop> loops = new ArrayList<>();
    /**
     * When each message or signal that the suite accepted was sent, in the order of the answers.
     */
    private final Queue<Long> sent = new ConcurrentLinkedQueue<>();

    /** One guest; a permit in {@code hurry} removes it at once. */
    private record Guest(String name, Who who, Listening listening, BlockingQueue<Boolean> hurry) {}

    /** {@code name} is in the names of the group and of its users. */
    public Guests(String name, Access access, Recorder recorder, long seed) {
        this.recorder = recorder;
        this.seed = seed;
        this.channel = new ChannelName("group:" + name + "-guests");
        this.host = access.rest(new Who(new UserId(name + "-host"), false));
        this.guests = List.of(
                guest(
                        "guest-ws",
                        name,
                        (who, notes) -> new InsistentListening("guest-ws", access, who, channel, notes, seed)),
                guest(
                        "guest-sse",
                        name,
                        (who, notes) ->
                                new EventStreamListening("guest-sse", access, who, List.of(channel), notes, seed)),
                guest(
                        "guest-poll",
                        name,
                        (who, notes) -> new PollListening("guest-poll", access, who, List.of(channel), notes)));
    }

    /** Makes the client of a guest. */
    private interface ListeningFactory {
        Listening of(Who who, GuestNotes notes);
    }

    private Guest guest(String observer, String name, ListeningFactory factory) {
        Who who = new Who(new UserId(name + "-" + observer), false);
        GuestNotes notes = new GuestNotes(observer, who, channel, recorder);
        return new Guest(observer, who, factory.of(who, notes), new LinkedBlockingQueue<>(1));
    }

    /** The group. */
    public ChannelName channel() {
        return channel;
    }

    /** The users who are removed from it. */
    public List<UserId> users() {
        return guests.stream().map(guest -> guest.who().user()).toList();
    }

    /** Creates the group and starts everybody. Blocks; fails if the group cannot be created. */
    public void start() throws ExecutionException, InterruptedException {
        Groups.create(host, channel, users());
        for (Guest guest : guests) {
            guest.listening().open();
            Random random = new Random(seed ^ guest.name().hashCode());
            loops.add(Loop.start("removals of " + guest.name(), loop -> removals(guest, random, loop)));
        }
        loops.add(Loop.start("host", this::speak));
    }

    /** Removes every guest that is a member, as soon as the suite answers. Any thread. */
    public void removeNow() {
        guests.forEach(guest -> {
            var unused = guest.hurry().offer(true);
        });
    }

    private void speak(Loop loop) throws InterruptedException {
        for (long n = 1; loop.pause(SPEAKS_EVERY) && !recorder.isFull(); n++) {
            long at = recorder.now();
            JsonNode data = Json.tree(Map.of(GuestNotes.SENT_AT, at));
            CompletableFuture<?> sending = n % 2 == 0
                    ? host.signal(channel, data)
                    : host.publish(channel, new ClientMessageId("host-" + n), data);
            var unused = sending.thenRun(() -> sent.add(at));
        }
    }

    private void removals(Guest guest, Random random, Loop loop) throws InterruptedException {
        boolean certain = true;
        while (!loop.isClosed() && !recorder.isFull()) {
            if (!certain) {
                // an earlier attempt to add the guest may take effect late, after the removal
                loop.pause(DOUBT);
            }
            int inside = LEAST_INSIDE_MILLIS + random.nextInt(MOST_INSIDE_MILLIS - LEAST_INSIDE_MILLIS);
            var unused = guest.hurry().poll(inside, TimeUnit.MILLISECONDS);
            UserId user = guest.who().user();
            var unusedToo = insist(() -> host.removeMember(channel, user), loop);
            long ackedAt = recorder.now();
            try {
                loop.pause(OUTSIDE);
            } finally {
                long until = recorder.now();
                recorder.removal(new Removal(channel, user, ackedAt, until, sentBetween(ackedAt, until)));
            }
            guest.hurry().clear();
            certain = insist(() -> host.addMember(channel, user), loop);
        }
    }

    private long sentBetween(long from, long until) {
        return sent.stream().filter(at -> at > from && at < until).count();
    }

    /**
     * Repeats a call until it is acknowledged.
     *
     * @return whether the first attempt was acknowledged; otherwise an earlier one may still be
     *     carried out
     */
    static boolean insist(Supplier<CompletableFuture<Void>> call, Loop loop) throws InterruptedException {
        boolean first = true;
        do {
            try {
                var unused = call.get().get(EACH.toMillis(), TimeUnit.MILLISECONDS);
                return first;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RequestFailed refused && refused.code() == ErrorCode.NOT_FOUND) {
                    return false; // an earlier attempt did it
                }
            } catch (TimeoutException e) {
                // it may have taken effect: try again
            }
            first = false;
        } while (loop.pause(BETWEEN));
        throw new InterruptedException("closed");
    }

    /** Stops the host and the guests. Records the removals whose guest was not added again yet. */
    @Override
    public void close() {
        loops.forEach(Loop::close);
        guests.forEach(guest -> guest.listening().close());
    }
}
