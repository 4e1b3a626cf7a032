package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything whose state a batch of commands depends on. */
public record Touched(
        Set<ChannelName> channels,
        Set<Keys.OfUser> users,
        Set<Keys.OfUser> marks,
        Set<Keys.OfSeq> messages,
        Set<Keys.OfClientId> clientIds,
        Set<Keys.OfReaction> reactions,
        Set<Keys.OfRecord> records) {
    private Touched() {
        this(
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

    private void add(CommandRecord record) {
        ChannelName channel = record.channel();
        UserId user = record.command().user();
        channels.add(channel);
        records.add(new Keys.OfRecord(channel, record.position()));
        users.add(new Keys.OfUser(channel, user));
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
                reactions.add(new Keys.OfReaction(channel, react.seq(), user, react.emoji()));
            }
            case ChannelCommand.Mark ignored -> marks.add(new Keys.OfUser(channel, user));
            case ChannelCommand.AddMember add -> users.add(new Keys.OfUser(channel, add.member()));
            case ChannelCommand.ForgetMember forget -> {
                users.add(new Keys.OfUser(channel, forget.member()));
                marks.add(new Keys.OfUser(channel, forget.member()));
            }
            case ChannelCommand.RemoveMember remove -> users.add(new Keys.OfUser(channel, remove.member()));
            case ChannelCommand.CreateChannel create -> {
                create.members().forEach(member -> users.add(new Keys.OfUser(channel, member)));
                channel.directMembers().forEach(member -> users.add(new Keys.OfUser(channel, member)));
            }
            case ChannelCommand.UpdateChannel ignored -> {}
            case ChannelCommand.ArchiveChannel ignored -> {}
            case ChannelCommand.PurgeChannel ignored -> {}
            case ChannelCommand.FinishPurge ignored -> {}
        }
    }

    private void addMentions(ChannelName channel, @Nullable List<UserId> named, JsonNode data) {
        Mentions.candidates(named, data).forEach(user -> users.add(new Keys.OfUser(channel, user)));
    }
}
