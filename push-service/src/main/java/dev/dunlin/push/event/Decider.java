package dev.dunlin.push.event;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.member.Members;
import dev.dunlin.push.member.Membership;
import dev.dunlin.push.member.Recipient;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.presence.Standing;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * Turns events of channels into what devices are to show. Whoever is notified is notified after
 * {@code delay}; a read mark or a deletion in that time cancels it. Called for one partition by one
 * thread at a time, for several partitions at once, on virtual threads.
 */
public final class Decider {
    /** The most recipients that one step decides on; a batch with more takes more steps. */
    private static final int MOST_A_STEP = 20_000;

    private final Channels channels;
    private final Membership membership;
    private final Presences presences;
    private final Pending pending;
    private final Decision decision;
    private final Clock clock;
    private final Duration delay;
    private final Tally tally;

    public Decider(
            Channels channels,
            Membership membership,
            Presences presences,
            Pending pending,
            Decision decision,
            Clock clock,
            Duration delay,
            Tally tally) {
        this.channels = channels;
        this.membership = membership;
        this.presences = presences;
        this.pending = pending;
        this.decision = decision;
        this.clock = clock;
        this.delay = delay;
        this.tally = tally;
    }

    /** Counts decisions, by reason. */
    @FunctionalInterface
    public interface Tally extends ObjLongConsumer<Reason> {}

    /** Whether events of the channel can be skipped, as far as that is known without a call. */
    public boolean passesOver(ChannelName channel) {
        return channels.knownSilent(channel);
    }

    /**
     * Decides on a batch of events, in order. A repeated call notifies nobody twice. Throws
     * {@link Unreachable}.
     */
    public void decide(List<Heard> batch) {
        Instant now = clock.instant();
        membership.change(changes(batch));
        Map<ChannelName, List<ChannelBatch>> batches = new LinkedHashMap<>();
        batch.forEach(heard -> add(heard, batches));
        Map<ChannelName, Notify> policies = policies(batches, now);
        List<ChannelBatch> all = batches.values().stream().flatMap(List::stream).toList();
        Map<ChannelName, List<Recipient>> recipients = recipients(all, policies);
        Step step = new Step();
        for (ChannelBatch some : all) {
            if (step.holds(some.channel())) { // another epoch: a row is written once in a step
                apply(step, now);
                step = new Step();
            }
            List<Recipient> who = recipients.getOrDefault(some.channel(), List.of());
            Notify policy = policies.get(some.channel());
            if (policy != null) {
                step.add(some, policy, who);
            } else {
                step.marks(some);
            }
            if (step.size() >= MOST_A_STEP) {
                apply(step, now);
                step = new Step();
            }
        }
        apply(step, now);
    }

    private static List<Members.Change> changes(List<Heard> batch) {
        List<Members.Change> changes = new ArrayList<>();
        for (Heard heard : batch) {
            switch (heard.event().event()) {
                case ServerFrame.MemberJoined joined ->
                    changes.add(new Members.Change(joined.channel(), joined.user(), joined.seq(), false));
                case ServerFrame.MemberLeft left ->
                    changes.add(new Members.Change(left.channel(), left.user(), left.seq(), true));
                default -> {}
            }
        }
        return changes;
    }

    /** Adds an event to those of its channel and epoch. */
    private static void add(Heard heard, Map<ChannelName, List<ChannelBatch>> batches) {
        List<ChannelBatch> ofChannel =
                batches.computeIfAbsent(heard.event().event().channel(), _ -> new ArrayList<>(1));
        Epoch epoch = heard.event().epoch();
        if (ofChannel.isEmpty() || !ofChannel.getLast().epoch().equals(epoch)) {
            ofChannel.add(new ChannelBatch(heard.event().event().channel(), epoch));
        }
        ofChannel.getLast().add(heard);
    }

    /** Of the channels with messages that are young enough: which of them notify. */
    private Map<ChannelName, Notify> policies(Map<ChannelName, List<ChannelBatch>> batches, Instant now) {
        Map<ChannelName, Notify> policies = new HashMap<>();
        batches.forEach((channel, some) -> {
            Optional<UserId> sender = some.stream()
                    .peek(one -> one.dropOlder(sent -> decision.isTooOld(sent, now)))
                    .flatMap(one -> one.sender().stream())
                    .findFirst();
            sender.flatMap(user -> channels.policy(channel, user))
                    .filter(policy -> policy != Notify.NONE)
                    .ifPresent(policy -> policies.put(channel, policy));
        });
        return policies;
    }

    private Map<ChannelName, List<Recipient>> recipients(
            List<ChannelBatch> batches, Map<ChannelName, Notify> policies) {
        Map<ChannelName, Membership.Place> places = new LinkedHashMap<>();
        for (ChannelBatch batch : batches) {
            if (policies.containsKey(batch.channel()) && batch.sender().isPresent()) {
                places.put(batch.channel(), new Membership.Place(batch.epoch(), batch.firstSeq()));
            }
        }
        return places.isEmpty() ? Map.of() : membership.recipients(places);
    }

    private void apply(Step step, Instant now) {
        Map<UserId, Standing> standings = step.users().isEmpty() ? Map.of() : presences.standings(step.users());
        Changes changes = step.changes(decision, standings, now, now.plus(delay));
        pending.apply(changes, now);
        step.counts().forEach((reason, count) -> tally.accept(reason, count));
    }
}
