package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.PresenceNotice;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A history of presence made by hand: alice always has a link, and bob has what a test gives him. A
 * watcher watches both. Users are online and settled from the 100th second on. Times are seconds.
 */
final class PresenceTale {
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");
    static final String WATCHER = "watcher";
    private static final double STARTED = 2;
    private static final double SETTLED = 100;

    private final List<OpenLink> links = new ArrayList<>();
    private final List<PresenceAnswer> answers = new ArrayList<>();
    private final List<PresenceNotice> notices = new ArrayList<>();

    /** Alice has one link from the first second to the end; everyone receives that. */
    static PresenceTale steady() {
        return new PresenceTale().link(ALICE, 1).notice(ALICE, Status.ONLINE, 1);
    }

    /** A link that is never closed. */
    PresenceTale link(UserId user, double from) {
        return add(user, false, nanos(from), OpenLink.STILL_OPEN);
    }

    PresenceTale link(UserId user, double from, double until) {
        return add(user, false, nanos(from), nanos(until));
    }

    /** A link that is never closed, whose session is away. */
    PresenceTale awayLink(UserId user, double from) {
        return add(user, true, nanos(from), OpenLink.STILL_OPEN);
    }

    private PresenceTale add(UserId user, boolean away, long from, long until) {
        links.add(new OpenLink(user, user + "/" + links.size(), "connection-1", away, from, until));
        return this;
    }

    /** An answer over REST, which took a tenth of a second. */
    PresenceTale answer(double asked, Status alice, Status bob) {
        return add(asked, Map.of(ALICE, alice, BOB, bob));
    }

    /** A request without an answer. */
    PresenceTale noAnswer(double asked) {
        return add(asked, Map.of());
    }

    private PresenceTale add(double asked, Map<UserId, Status> statuses) {
        answers.add(new PresenceAnswer("poller", nanos(asked), nanos(asked + 0.1), statuses));
        return this;
    }

    /** A status that the watcher received. */
    PresenceTale notice(UserId user, Status status, double at) {
        notices.add(new PresenceNotice(WATCHER, user, status, nanos(at)));
        return this;
    }

    Verdict verdict() {
        return Checker.check(new History(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new PresenceHistory(
                        List.of(ALICE, BOB),
                        List.of(ALICE),
                        List.of(WATCHER),
                        nanos(STARTED),
                        nanos(SETTLED),
                        links,
                        answers,
                        notices),
                PushHistory.NONE));
    }

    private static long nanos(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000)).toNanos();
    }
}
