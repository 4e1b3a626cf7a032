package dev.dunlin.checker.history;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of presence in memory and passes it on as lines. It is bounded:
 * {@link #isFull()} ends the requests and the changes of links. Thread-safe.
 */
public final class PresenceRecorder {
    private static final int MOST_ANSWERS = 500_000;
    private static final int MOST_NOTICES = 2_000_000;

    private final LongSupplier nanos;
    private final PresenceLines lines;
    private final Map<String, OpenLink> open = new HashMap<>();
    private final List<OpenLink> over = new ArrayList<>();
    private final List<PresenceAnswer> answers = new ArrayList<>();
    private final List<PresenceNotice> notices = new ArrayList<>();
    private final Map<Map<UserId, Status>, Map<UserId, Status>> known = new HashMap<>();
    private List<UserId> users = List.of();
    private List<UserId> steady = List.of();
    private List<String> watchers = List.of();
    private long startedAt;
    private long settledAt = Long.MAX_VALUE;

    /** {@code nanos}: a monotonic clock, in nanoseconds since the start of the check. */
    public PresenceRecorder(LongSupplier nanos, PresenceLines lines) {
        this.nanos = nanos;
        this.lines = lines;
    }

    /** The current time, in nanoseconds since the start of the check. */
    public long now() {
        return nanos.getAsLong();
    }

    /** Who is observed, and by whom; once, before anything else. */
    public synchronized void observe(List<UserId> everyone, List<UserId> always, List<String> by) {
        users = List.copyOf(everyone);
        steady = List.copyOf(always);
        watchers = List.copyOf(by);
    }

    /** Every steady user is online, and everyone knows it. */
    public synchronized void started() {
        startedAt = now();
    }

    /** From now on every answer must be right. */
    public synchronized void settled() {
        settledAt = now();
    }

    /** A client got its {@code welcome}; its session is active. */
    public synchronized void opened(UserId user, String client, String node) {
        open.put(client, new OpenLink(user, client, node, false, now(), OpenLink.STILL_OPEN));
    }

    /** A client sent {@code away} or {@code active}. No effect without an open link. */
    public synchronized void changed(String client, boolean away) {
        OpenLink before = end(client);
        if (before != null) {
            open.put(
                    client,
                    new OpenLink(before.user(), client, before.node(), away, before.until(), OpenLink.STILL_OPEN));
        }
    }

    /** The link of a client is over. No effect if none was open. */
    public synchronized void closed(String client) {
        end(client);
    }

    private @Nullable OpenLink end(String client) {
        OpenLink link = open.remove(client);
        if (link == null) {
            return null;
        }
        OpenLink ended = new OpenLink(link.user(), client, link.node(), link.away(), link.from(), now());
        over.add(ended);
        lines.link(ended);
        return ended;
    }

    /** A request ended; {@code statuses} is empty if there was no answer. */
    public void answered(String poller, long askedAt, Map<UserId, Status> statuses) {
        PresenceAnswer answer;
        synchronized (this) {
            Map<UserId, Status> same = known.computeIfAbsent(Map.copyOf(statuses), first -> first);
            answer = new PresenceAnswer(poller, askedAt, now(), same);
            answers.add(answer);
        }
        lines.answer(answer);
    }

    /** A watcher received a status. */
    public void noticed(String watcher, UserId user, Status status) {
        PresenceNotice notice;
        synchronized (this) {
            notice = new PresenceNotice(watcher, user, status, now());
            notices.add(notice);
        }
        lines.notice(notice);
    }

    /** Whether requests and changes of links must stop. */
    public synchronized boolean isFull() {
        return answers.size() >= MOST_ANSWERS || notices.size() >= MOST_NOTICES;
    }

    /** The history so far. */
    public synchronized PresenceHistory history() {
        List<OpenLink> links = new ArrayList<>(over);
        links.addAll(open.values());
        return new PresenceHistory(users, steady, watchers, startedAt, settledAt, links, answers, notices);
    }
}
