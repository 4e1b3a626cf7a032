package dev.dunlin.message.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.edge.FreshChannels;
import dev.dunlin.edge.rate.KeyedRates;
import dev.dunlin.message.command.CommandGateway.Answer;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import dev.dunlin.protocol.kafka.Role;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandGatewayTest {
    private static final ChannelName CHANNEL = new ChannelName("group:eng");
    private static final Asker ALICE = Asker.plain(new UserId("alice"), new TraceId(1, 2));
    private static final LogPosition POSITION = new LogPosition(3, 4);
    private static final ServerFrame.Ack ACK = new ServerFrame.Ack(null, CHANNEL, null, 7, 1_000);

    @Test
    void aReplyReachesTheRequestThatWaitsForIt() {
        Writer writer = new Writer(1);
        writer.onCommand = request -> writer.gateway.settle(request, ACK);

        assertThat(writer.ask()).isEqualTo(new Answer.Done(new Settled(ACK, POSITION)));
        assertThat(writer.gateway.waiting()).isZero();
    }

    @Test
    void aRefusalIsAnsweredWithItsCode() {
        Writer writer = new Writer(1);
        writer.onCommand = request -> writer.gateway.settle(
                request, ServerFrame.ErrorReply.of(null, ErrorCode.CONFLICT, "group:eng is archived"));

        assertThat(writer.ask())
                .isEqualTo(new Answer.Refused(new Refusal(ErrorCode.CONFLICT, "group:eng is archived")));
    }

    @Test
    void withoutAReplyInTimeTheServiceIsUnavailableAndNobodyWaitsAnyMore() {
        Writer writer = new Writer(1);
        writer.onCommand = request -> writer.gateway.settle(new SessionId("another"), ACK);

        assertRefused(ErrorCode.UNAVAILABLE, writer.ask());
        assertThat(writer.gateway.waiting()).isZero();
    }

    @Test
    void aRequestTooManyIsRefusedAtOnce() {
        Writer writer = new Writer(1);
        CompletableFuture<Answer> second = new CompletableFuture<>();
        writer.onCommand = request -> {
            second.complete(writer.ask());
            writer.gateway.settle(request, ACK);
        };

        assertThat(writer.ask()).isInstanceOf(Answer.Done.class);

        assertRefused(ErrorCode.OVERLOADED, second.join());
    }

    @Test
    void noTwoRequestsAreTakenForOneAnother() {
        int threads = 8;
        int each = 2_000;
        Writer writer = new Writer(threads);
        Set<SessionId> seen = ConcurrentHashMap.newKeySet();
        writer.onCommand = request -> {
            seen.add(request);
            writer.gateway.settle(request, ACK);
        };

        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            IntStream.range(0, threads)
                    .mapToObj(thread -> CompletableFuture.runAsync(
                            () -> IntStream.range(0, each)
                                    .forEach(i -> assertThat(writer.ask()).isInstanceOf(Answer.Done.class)),
                            executor))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(seen).hasSize(threads * each);
    }

    @Test
    void whoBeginsToWriteToTooManyChannelsWaits() {
        Writer writer = new Writer(10);
        writer.onCommand = request -> writer.gateway.settle(request, ACK);
        for (String name : new String[] {"room:a", "room:b", "room:a", "room:b"}) {
            assertThat(writer.gateway.ask(new ChannelName(name), ALICE, new AddMember(ALICE.user(), Role.MEMBER)))
                    .isInstanceOf(Answer.Done.class);
        }
        ChannelName third = new ChannelName("room:c");

        assertRefused(ErrorCode.RATE_LIMITED, writer.gateway.ask(third, ALICE, new CreateChannel(null, List.of())));
        assertThat(writer.gateway.ask(third, ALICE, new ArchiveChannel())).isInstanceOf(Answer.Done.class);
    }

    @Test
    void aBlockThatMayCreateItsDirectChannelCountsToo() {
        Writer writer = new Writer(10);
        writer.onCommand = request -> writer.gateway.settle(request, ACK);
        assertThat(writer.gateway.ask(new ChannelName("dm:alice:bob"), ALICE, new Block(true)))
                .isInstanceOf(Answer.Done.class);
        assertThat(writer.gateway.ask(new ChannelName("dm:alice:carol"), ALICE, new Block(true)))
                .isInstanceOf(Answer.Done.class);
        ChannelName third = new ChannelName("dm:alice:dave");

        assertRefused(ErrorCode.RATE_LIMITED, writer.gateway.ask(third, ALICE, new Block(true)));
        assertThat(writer.gateway.ask(third, ALICE, new Block(false))).isInstanceOf(Answer.Done.class);
    }

    private static void assertRefused(ErrorCode code, Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    /** A log that says at once what became of a command. */
    private static final class Writer implements CommandSender {
        final CommandGateway gateway;
        Consumer<SessionId> onCommand = request -> {};

        Writer(int places) {
            gateway = new CommandGateway(
                    new NodeId("here"),
                    this,
                    Duration.ofMillis(50),
                    places,
                    new FreshChannels(2, InstantSource.system(), () -> {}),
                    new PublishRates(
                            new NodeId("here"), new KeyedRates<>(100, 100, 10, InstantSource.system()), () -> {}),
                    new SplittableRandom(1));
        }

        Answer ask() {
            return gateway.ask(CHANNEL, ALICE, new ArchiveChannel());
        }

        @Override
        public CompletableFuture<LogPosition> send(ChannelCommand command, TraceId trace) {
            ReplyTo replyTo = Objects.requireNonNull(command.replyTo());
            onCommand.accept(replyTo.session());
            return CompletableFuture.completedFuture(POSITION);
        }
    }
}
