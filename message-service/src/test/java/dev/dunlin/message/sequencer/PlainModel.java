package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the log should be, worked out record by record over one list a channel. It shares nothing
 * with the sequencer, and knows no batches, crashes or replays.
 */
final class PlainModel {
    /** An event: which record it is of, and for a message its sender and id. */
    record Entry(LogPosition of, String what) {}

    private final Map<ChannelName, List<Entry>> logs = new HashMap<>();
    private final Map<ChannelName, Set<UserId>> members = new HashMap<>();
    private final Map<ChannelName, Set<UserId>> owners = new HashMap<>();
    private final Map<ChannelName, Set<Integer>> deleted = new HashMap<>();

    private final Map<ChannelName, Set<String>> reactions = new HashMap<>();
    private final Map<String, List<Long>> marks = new HashMap<>();

    /** How far a user has read and received a channel. */
    Optional<List<Long>> mark(ChannelName channel, UserId user) {
        return Optional.ofNullable(marks.get(channel + " " + user));
    }

    /** The events of a channel; the first has seq 1. */
    List<Entry> log(ChannelName channel) {
        return logs.computeIfAbsent(channel, c -> new ArrayList<>());
    }

    void apply(CommandRecord record) {
        ChannelName channel = record.channel();
        UserId user = record.command().user();
        boolean group = channel.namespace().equals("group");
        Set<UserId> those = members.computeIfAbsent(channel, c -> new HashSet<>());
        boolean created = owners.containsKey(channel);
        Set<UserId> owning = owners.getOrDefault(channel, new HashSet<>());
        boolean owner = owning.contains(user);
        switch (record.command().operation()) {
            case CreateChannel create -> {
                if (group && !created) {
                    owners.put(channel, new HashSet<>(Set.of(user)));
                    those.add(user);
                    those.addAll(create.members());
                }
            }
            case Publish publish -> {
                String what = "message " + user + " " + publish.id();
                boolean known =
                        log(channel).stream().anyMatch(entry -> entry.what().equals(what));
                if (!known && (!group || those.contains(user))) {
                    add(record, what);
                }
            }
            case Delete delete -> {
                int target = (int) delete.seq();
                if (isMessage(channel, target, user + " ")
                        && (!group || those.contains(user))
                        && deletedOf(channel).add(target)) {
                    add(record, "deleted " + target);
                }
            }
            case Edit edit -> {
                int target = (int) edit.seq();
                if (isMessage(channel, target, user + " ")
                        && (!group || those.contains(user))
                        && !deletedOf(channel).contains(target)) {
                    add(record, "edited " + target);
                }
            }
            case React react -> {
                int target = (int) react.seq();
                if (isMessage(channel, target, "") && (!group || those.contains(user))) {
                    Set<String> there = reactions.computeIfAbsent(channel, c -> new HashSet<>());
                    String reaction = target + " " + user + " " + react.emoji();
                    boolean changes = react.remove()
                            ? there.remove(reaction)
                            : !deletedOf(channel).contains(target) && there.add(reaction);
                    if (changes) {
                        add(record, "reacted " + target + " " + react.emoji() + " " + !react.remove());
                    }
                }
            }
            case Mark mark -> {
                boolean reader = !group || those.contains(user);
                List<Long> before = mark(channel, user).orElse(List.of(0L, 0L));
                boolean read = mark.kind() == Mark.Kind.READ;
                if (reader
                        && mark.seq() <= log(channel).size()
                        && mark.seq() > (read ? before.getFirst() : before.getLast())) {
                    marks.put(
                            channel + " " + user,
                            List.of(read ? mark.seq() : before.getFirst(), Math.max(before.getLast(), mark.seq())));
                }
            }
            case AddMember add -> {
                if (owner && those.add(add.member())) {
                    add(record, "joined " + add.member());
                    long head = log(channel).size();
                    marks.put(channel + " " + add.member(), List.of(head, head));
                    setOwner(owning, add.member(), add.role());
                } else if (owner
                        && (add.role() == Role.OWNER || mayGiveUp(owning, those, add.member(), add.successor()))) {
                    setOwner(owning, add.member(), add.role());
                }
            }
            case RemoveMember remove -> {
                if (created
                        && those.contains(remove.member())
                        && (owner || remove.member().equals(user))
                        && mayGiveUp(owning, those, remove.member(), remove.successor())) {
                    those.remove(remove.member());
                    owning.remove(remove.member());
                    add(record, "left " + remove.member());
                }
            }
            default -> throw new AssertionError(record);
        }
    }

    private static void setOwner(Set<UserId> owning, UserId member, Role role) {
        if (role == Role.OWNER) {
            owning.add(member);
        } else {
            owning.remove(member);
        }
    }

    /**
     * Whether a member may be less than it is; the successor of the only owner is one after this.
     */
    private static boolean mayGiveUp(
            Set<UserId> owning, Set<UserId> members, UserId member, @Nullable UserId successor) {
        if (!owning.equals(Set.of(member))) {
            return true;
        }
        boolean passes = successor != null && !successor.equals(member) && members.contains(successor);
        if (passes) {
            owning.add(successor);
        }
        return passes;
    }

    private boolean isMessage(ChannelName channel, int seq, String sender) {
        return seq <= log(channel).size() && log(channel).get(seq - 1).what().startsWith("message " + sender);
    }

    private Set<Integer> deletedOf(ChannelName channel) {
        return deleted.computeIfAbsent(channel, c -> new HashSet<>());
    }

    private void add(CommandRecord record, String what) {
        log(record.channel()).add(new Entry(record.position(), what));
    }
}
