package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything whose state a batch of commands depends on. For the channels in {@code owners} that
 * includes all members who are owners.
 */
public record Touched(
        Set<ChannelName> channels,
        Set<Keys.OfUser> users,
        Set<ChannelName> owners,
        Set<Keys.OfUser> marks,
        Set<Keys.OfSeq> messages,
        Set<Keys.OfClientId> clientIds,
        Set<Keys.OfReactor> reactors,
        Set<Keys.OfRecord> records) {
    /** What no commands touch. */
    public static final Touched NOTHING = by(List.of());

    private Touched() {
        this(
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>());
    }

    /** What these commands touch. */
    public static Touched by(List<CommandRecord> batch) {
        Touched touched = new Touched();
        batch.forEach(touched::add);
        return touched;
    }

    /** What these commands touch of some channels. */
    Touched only(Set<ChannelName> which) {
        return new Touched(
                only(which, channels, channel -> channel),
                only(which, users, Keys.OfUser::channel),
                only(which, owners, channel -> channel),
                only(which, marks, Keys.OfUser::channel),
                only(which, messages, Keys.OfSeq::channel),
                only(which, clientIds, Keys.OfClientId::channel),
                only(which, reactors, Keys.OfReactor::channel),
                only(which, records, Keys.OfRecord::channel));
    }

    private static <K> Set<K> only(Set<ChannelName> which, Set<K> keys, Function<K, ChannelName> channel) {
        return keys.stream()
                .filter(key -> which.contains(channel.apply(key)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether there is nothing to load. */
    public boolean isEmpty() {
        return channels.isEmpty();
    }

    private void add(CommandRecord record) {
        ChannelName channel = record.channel();
        UserId user = record.command().user();
        channels.add(channel);
        records.add(new Keys.OfRecord(channel, record.position()));
        users.add(new Keys.OfUser(channel, user));
        channel.directMembers().forEach(one -> users.add(new Keys.OfUser(channel, one)));
        switch (record.command().operation()) {
            case ChannelCommand.Publish publish -> {
                clientIds.add(new Keys.OfClientId(channel, user, publish.id()));
                addMentions(channel, publish.mentions(), publish.data());
                if (publish.replyTo() != null) {
                    messages.add(new Keys.OfSeq(channel, publish.replyTo()));
                }
            }
            case ChannelCommand.Edit edit -> {
                messages.add(new Keys.OfSeq(channel, edit.seq()));
                addMentions(channel, edit.mentions(), edit.data());
            }
            case ChannelCommand.Delete delete -> messages.add(new Keys.OfSeq(channel, delete.seq()));
            case ChannelCommand.React react -> {
                messages.add(new Keys.OfSeq(channel, react.seq()));
                reactors.add(new Keys.OfReactor(channel, react.seq(), user));
            }
            case ChannelCommand.Mark ignored -> marks.add(new Keys.OfUser(channel, user));
            case ChannelCommand.AddMember add -> {
                users.add(new Keys.OfUser(channel, add.member()));
                addOwners(channel, add.role() == Role.MEMBER && add.member().equals(user), add.successor());
            }
            case ChannelCommand.ForgetMember forget -> {
                users.add(new Keys.OfUser(channel, forget.member()));
                marks.add(new Keys.OfUser(channel, forget.member()));
                addOwners(channel, true, forget.successor());
            }
            case ChannelCommand.RemoveMember remove -> {
                users.add(new Keys.OfUser(channel, remove.member()));
                addOwners(channel, remove.member().equals(user), remove.successor());
            }
            case ChannelCommand.CreateChannel create -> {
                create.members().forEach(member -> users.add(new Keys.OfUser(channel, member)));
            }
            case ChannelCommand.UpdateChannel ignored -> {}
            case ChannelCommand.ArchiveChannel ignored -> {}
            case ChannelCommand.Block ignored -> {}
            case ChannelCommand.PurgeChannel ignored -> {}
            case ChannelCommand.FinishPurge ignored -> {}
        }
    }

    /** A user whom another one removes is not the only owner, unless a back end removes it. */
    private void addOwners(ChannelName channel, boolean mayBeTheOnly, @Nullable UserId successor) {
        if (mayBeTheOnly || successor != null) {
            owners.add(channel);
        }
        if (successor != null) {
            users.add(new Keys.OfUser(channel, successor));
        }
    }

    private void addMentions(ChannelName channel, @Nullable List<UserId> named, JsonNode data) {
        Mentions.candidates(named, data).forEach(user -> users.add(new Keys.OfUser(channel, user)));
    }
}
