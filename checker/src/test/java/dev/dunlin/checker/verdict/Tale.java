package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Observer;
import dev.dunlin.checker.history.Overheard;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.Removal;
import dev.dunlin.checker.history.Step;
import dev.dunlin.checker.history.Watch;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A history made by hand, of one channel: alice publishes m1, m2, …, each of which is acked under
 * its number and delivered to every client, unless a test changes that.
 */
final class Tale {
    static final ChannelName ROOM = new ChannelName("room:a");
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");
    private static final Epoch EPOCH = new Epoch("e1");

    private final List<Publish> publishes = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Removal> removals = new ArrayList<>();
    private final List<Overheard> overheard = new ArrayList<>();
    private List<Event> events = List.of();
    private List<Event> messages = List.of();
    private long head;
    private long time;

    /** Alice's m1 to m{count}, all acked and in the log. */
    static Tale of(int count) {
        Tale tale = new Tale();
        for (int n = 1; n <= count; n++) {
            tale.publish(ALICE, "m" + n, new Answer.Acked(n));
        }
        return tale.log(message(1, count));
    }

    /** The event of m{seq} at {@code seq}. */
    static Event message(long seq) {
        return message(seq, "m" + seq, ALICE, "says m" + seq);
    }

    static Event message(long seq, String id, UserId from, String content) {
        return new Event(ROOM, seq, Event.MESSAGE, new ClientMessageId(id), from, 1_000, content);
    }

    /** The events of m{from} to m{to}. */
    static List<Event> message(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Tale::message).toList();
    }

    Tale publish(UserId user, String id, Answer answer) {
        publishes.add(new Publish("sdk-1", ROOM, user, new ClientMessageId(id), "says " + id, time++, time++, answer));
        return this;
    }

    Tale refused(String id) {
        return publish(ALICE, id, new Answer.Refused(ErrorCode.FORBIDDEN));
    }

    Tale unknown(String id) {
        return publish(ALICE, id, new Answer.Unknown("no answer"));
    }

    /** The log is this, by both views. */
    Tale log(List<Event> all) {
        events = all;
        messages = all;
        head = all.stream().mapToLong(Event::seq).max().orElse(0);
        return this;
    }

    Tale messageHistory(List<Event> all) {
        messages = all;
        return this;
    }

    Tale head(long seq) {
        head = seq;
        return this;
    }

    /** Somebody listened from the first event on and was shown these. */
    Tale shown(List<Event> all) {
        return watched(Observer.View.LIVE, true, all.stream().map(Tale::seen).toArray(Step[]::new));
    }

    /** Somebody listened from the first event on, and then this happened. */
    Tale watched(Observer.View view, boolean toTheEnd, Step... steps) {
        List<Step> all = new ArrayList<>(List.of(new Step.Started(0, EPOCH, 0)));
        all.addAll(List.of(steps));
        watches.add(new Watch(new Observer("ws-1", view), ROOM, all, toTheEnd));
        return this;
    }

    /** Somebody wanted to listen, and nothing came of it. */
    Tale watchedByNobody() {
        watches.add(new Watch(new Observer("ws-1", Observer.View.LIVE), ROOM, List.of(), true));
        return this;
    }

    Tale watchedBy(Step... steps) {
        return watched(Observer.View.LIVE, true, steps);
    }

    /**
     * Bob's removal was acknowledged at one time, and he was about to be added again at another.
     */
    Tale bobRemoved(Duration ackedAt, Duration until) {
        removals.add(new Removal(ROOM, BOB, ackedAt.toNanos(), until.toNanos(), 1));
        return this;
    }

    /** Somebody received at one time what was sent at another. */
    Tale overheard(UserId user, Duration sentAt, Duration at) {
        overheard.add(new Overheard("ws-1", user, ROOM, "signal", at.toNanos(), sentAt.toNanos()));
        return this;
    }

    static Step seen(Event event) {
        return new Step.Seen(0, event);
    }

    Verdict verdict() {
        return Checker.check(new History(
                publishes,
                watches,
                List.of(new FinalLog(ROOM, EPOCH, 1, head, events, messages)),
                removals,
                overheard,
                PresenceHistory.NONE,
                PushHistory.NONE));
    }
}
