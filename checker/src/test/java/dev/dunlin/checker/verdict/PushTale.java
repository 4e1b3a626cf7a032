package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Disturbance;
import dev.dunlin.checker.history.Disturbance.Part;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushDevice;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.Reading;
import dev.dunlin.checker.history.Revision;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history of notifications made by hand: alice sends to a group, bob has a device and has the
 * links that a test gives him. A message is acknowledged a tenth of a second after it was sent. A
 * call takes a tenth of a second. Times are seconds.
 */
final class PushTale {
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");
    static final ChannelName GROUP = new ChannelName("group:g");
    private static final ChannelName OTHER = new ChannelName("group:other");
    private static final String DEVICE = "bob-device";
    private static final double TENTH = 0.1;

    private final List<PushDevice> devices = new ArrayList<>(List.of(new PushDevice(DEVICE, BOB, false)));
    private final List<PushMessage> messages = new ArrayList<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final List<PushCall> calls = new ArrayList<>();
    private final List<OpenLink> links = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private double healed;
    private double end = 1_000;

    /** The same, whose device's provider calls it gone at some time. */
    PushTale doomed() {
        devices.set(0, new PushDevice(DEVICE, BOB, true));
        return this;
    }

    /** Alice sends a message that says {@code text <seq>}. */
    PushTale message(long seq, double at) {
        return message(GROUP, ALICE, seq, at);
    }

    PushTale messageOfBob(long seq, double at) {
        return message(GROUP, BOB, seq, at);
    }

    /** Alice sends a message in a channel without bob. */
    PushTale messageElsewhere(long seq, double at) {
        return message(OTHER, ALICE, seq, at);
    }

    private PushTale message(ChannelName channel, UserId from, long seq, double at) {
        messages.add(new PushMessage(channel, seq, from, "text " + seq, nanos(at), nanos(at + TENTH)));
        return this;
    }

    /** An edit, acknowledged after a tenth of a second. */
    PushTale edit(long seq, String content, double at) {
        return revise(seq, content, at, nanos(at + TENTH));
    }

    PushTale unacknowledgedEdit(long seq, String content, double at) {
        return revise(seq, content, at, Revision.NEVER);
    }

    /** A deletion, acknowledged after a tenth of a second. */
    PushTale delete(long seq, double at) {
        return revise(seq, null, at, nanos(at + TENTH));
    }

    private PushTale revise(long seq, @Nullable String content, double at, long ackedAt) {
        revisions.add(new Revision(GROUP, seq, content, nanos(at), ackedAt));
        return this;
    }

    /** Bob begins to mark that as read. */
    PushTale read(long seq, double at) {
        readings.add(new Reading(BOB, GROUP, seq, nanos(at)));
        return this;
    }

    /** Bob's device accepts a notification of what the message said first. */
    PushTale notified(long seq, double at) {
        return notified(seq, "text " + seq, at);
    }

    PushTale notified(long seq, @Nullable String content, double at) {
        return call(true, seq, content, at, 200);
    }

    /** A call that takes a notification away. */
    PushTale cleared(long seq, double at) {
        return call(false, seq, null, at, 200);
    }

    /** A notification that the provider answers with that status; 0: not at all. */
    PushTale refused(long seq, double at, int status) {
        return call(true, seq, "text " + seq, at, status);
    }

    private PushTale call(boolean alert, long seq, @Nullable String content, double at, int status) {
        calls.add(new PushCall(DEVICE, alert, GROUP, seq, content, nanos(at), nanos(at + TENTH), status));
        return this;
    }

    /** A link of bob's that is active until it is closed. */
    PushTale link(double from, double until) {
        return link(false, nanos(from), nanos(until));
    }

    /** A link of bob's that is never closed. */
    PushTale link(double from) {
        return link(false, nanos(from), OpenLink.STILL_OPEN);
    }

    /** A link of bob's whose session is away. */
    PushTale awayLink(double from) {
        return link(true, nanos(from), OpenLink.STILL_OPEN);
    }

    private PushTale link(boolean away, long from, long until) {
        links.add(new OpenLink(BOB, "bob/1", "connection-1", away, from, until));
        return this;
    }

    PushTale disturbed(Part part, double from, double until) {
        disturbances.add(new Disturbance(part, nanos(from), nanos(until)));
        return this;
    }

    /** The last fault was over then. */
    PushTale healed(double at) {
        healed = at;
        return this;
    }

    /** The history ends then, and not after a thousand seconds. */
    PushTale end(double at) {
        end = at;
        return this;
    }

    Verdict verdict() {
        return Checker.check(
                new History(List.of(), List.of(), List.of(), List.of(), List.of(), PresenceHistory.NONE, history()));
    }

    PushHistory history() {
        return new PushHistory(
                Map.of(GROUP, List.of(ALICE, BOB), OTHER, List.of(ALICE)),
                devices,
                messages,
                revisions,
                readings,
                calls,
                links,
                disturbances,
                nanos(1),
                nanos(healed),
                nanos(end));
    }

    private static long nanos(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000)).toNanos();
    }
}
