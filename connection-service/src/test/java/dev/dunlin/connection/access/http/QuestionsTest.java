package dev.dunlin.connection.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.ChannelAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private final List<Call> calls = new ArrayList<>();
    private final Questions questions = new Questions(this::call);

    private record Call(List<Asked> asked, CompletableFuture<List<@Nullable ChannelAccess>> answers) {
        /** Channels that begin with {@code room:no} are not known. */
        void answer() {
            List<@Nullable ChannelAccess> list = new ArrayList<>();
            for (Asked one : asked) {
                list.add(one.channel().value().startsWith("room:no") ? null : access(one.channel()));
            }
            answers.complete(list);
        }
    }

    private CompletionStage<List<@Nullable ChannelAccess>> call(List<Asked> asked) {
        Call call = new Call(asked, new CompletableFuture<>());
        calls.add(call);
        return call.answers();
    }

    private CompletableFuture<Optional<ChannelAccess>> ask(String channel) {
        return questions
                .ask(new Asked(new ChannelName(channel), new UserId("alice")))
                .toCompletableFuture();
    }

    private void askMore(int count) {
        for (int i = 0; i < count; i++) {
            var unused = ask("room:more" + i);
        }
    }

    private static ChannelAccess access(ChannelName channel) {
        return new ChannelAccess(channel, false, false, false, null, 0, 0, 100, true, true, false);
    }

    @Test
    void whoComesAloneDoesNotWaitAndWhoComesMeanwhileGoesTogether() {
        askMore(2);
        List<CompletableFuture<Optional<ChannelAccess>>> meanwhile =
                IntStream.range(0, 20).mapToObj(i -> ask("room:m" + i)).toList();
        assertThat(calls).extracting(call -> call.asked().size()).containsExactly(1, 1);

        calls.getFirst().answer();

        assertThat(calls).extracting(call -> call.asked().size()).containsExactly(1, 1, 20);
        assertThat(meanwhile).noneMatch(CompletableFuture::isDone);
        calls.getLast().answer();
        for (int i = 0; i < 20; i++) {
            assertThat(meanwhile.get(i).join().orElseThrow().channel()).hasToString("room:m" + i);
        }
    }

    @Test
    void aCallIsNotLargerThanTheServiceAllows() {
        askMore(2);
        askMore(AccessQuery.MOST + 1);

        calls.get(0).answer();
        calls.get(1).answer();

        assertThat(calls).extracting(call -> call.asked().size()).containsExactly(1, 1, AccessQuery.MOST, 1);
    }

    @Test
    void whatIsNotKnownHasNoAnswer() {
        CompletableFuture<Optional<ChannelAccess>> unknown = ask("room:no");

        calls.getFirst().answer();

        assertThat(unknown.join()).isEmpty();
    }

    @Test
    void aCallThatFailsFailsItsOwnQuestionsOnly() {
        CompletableFuture<Optional<ChannelAccess>> lost = ask("room:1");
        askMore(1);
        CompletableFuture<Optional<ChannelAccess>> next = ask("room:3");

        calls.get(0).answers().completeExceptionally(new RefusedException(ErrorCode.UNAVAILABLE, "away"));
        calls.get(2).answer();

        assertThat(lost).isCompletedExceptionally();
        assertThat(next.join()).isPresent();
    }

    @Test
    void anAnswerThatIsMissingIsAFailure() {
        CompletableFuture<Optional<ChannelAccess>> asked = ask("room:1");

        calls.getFirst().answers().complete(List.of());

        assertThat(asked).isCompletedExceptionally();
    }

    @Test
    void tooManyAreRefused() {
        askMore(20_002);

        assertThat(ask("room:m")).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("too many");
    }
}
