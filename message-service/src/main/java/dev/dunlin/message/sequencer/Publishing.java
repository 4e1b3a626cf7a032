package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import java.util.List;
import java.util.Optional;

/** Messages, each numbered once however often it is published. */
final class Publishing {
    private Publishing() {}

    static Outcome publish(Turn turn, Publish publish) {
        Optional<Outcome> known = findDuplicate(turn, publish);
        if (known.isPresent()) {
            return known.get();
        }
        if (!turn.mayPublish()) {
            return turn.foreign();
        }
        if (turn.channel().archived()) {
            return turn.archived();
        }
        Optional<String> fault = Check.findFault(publish.data());
        if (fault.isPresent()) {
            return turn.refuse(ErrorCode.BAD_REQUEST, "data: " + fault.get());
        }
        byte[] data = Encoding.frame(publish.data());
        if (data.length > turn.policy().maxMessageBytes()) {
            return MessageChanges.tooLarge(turn, data.length);
        }
        if (publish.replyTo() != null
                && turn.message(new Keys.OfSeq(turn.name(), publish.replyTo())).isEmpty()) {
            return turn.refuse(ErrorCode.BAD_REQUEST, "replyTo: there is no message " + publish.replyTo());
        }
        return append(turn, publish, data);
    }

    /**
     * The outcome of the first publish with the same sender, channel and id, as long as that is
     * remembered.
     */
    static Optional<Outcome> findDuplicate(Turn turn, Publish publish) {
        Keys.OfClientId id = new Keys.OfClientId(turn.name(), turn.user(), publish.id());
        return turn.state()
                .findByClientId(id)
                .flatMap(key -> turn.state()
                        .messages()
                        .find(key)
                        .filter(first -> !turn.policy().forgotten(first.ts(), turn.ts()))
                        .map(first -> new Outcome.Duplicate(publish.id(), key.seq(), first.ts())));
    }

    private static Outcome append(Turn turn, Publish publish, byte[] data) {
        CommandRecord record = turn.record();
        long seq = turn.channel().head() + 1;
        List<UserId> mentions = Mentions.of(turn, publish.mentions(), publish.data());
        turn.state()
                .addMessage(
                        new Keys.OfSeq(turn.name(), seq),
                        new MessageState(
                                turn.user(),
                                publish.id(),
                                turn.ts(),
                                data,
                                publish.replyTo(),
                                null,
                                false,
                                mentions == null ? List.of() : mentions,
                                Words.of(turn, publish.data()),
                                record.position()));
        return turn.append(next -> new ServerFrame.Message(
                turn.name(),
                next,
                publish.id(),
                turn.user(),
                turn.ts(),
                publish.data(),
                publish.replyTo(),
                null,
                null,
                null,
                mentions));
    }
}
