package dev.dunlin.connection.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.ManualLoop;
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
    private final ManualLoop loop = new ManualLoop();
    private final Questions<Asked, ChannelAccess> questions = new Questions<>(this::call, AccessQuery.MOST, loop);

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

    private List<Integer> sizes() {
        return calls.stream().map(call -> call.asked().size()).toList();
    }

    private static ChannelAccess access(ChannelName channel) {
        return new ChannelAccess(channel, false, false, false, null, 0, 0, 100, true, true, false);
    }

    @Test
    void questionAfterAQuietMomentGoesOutAtOnce() {
        var unused = ask("room:1");
        assertThat(sizes()).containsExactly(1);
        calls.getFirst().answer();
        loop.pass(Questions.PAUSE);

        var unusedToo = ask("room:2");
        assertThat(sizes()).containsExactly(1, 1);
    }

    @Test
    void questionsWithinThePauseGoTogether() {
        askMore(1);
        List<CompletableFuture<Optional<ChannelAccess>>> meanwhile =
                IntStream.range(0, 20).mapToObj(i -> ask("room:m" + i)).toList();
        calls.getFirst().answer();
        assertThat(sizes()).containsExactly(1);

        loop.pass(Questions.PAUSE);

        assertThat(sizes()).containsExactly(1, 20);
        assertThat(meanwhile).noneMatch(CompletableFuture::isDone);
        calls.getLast().answer();
        for (int i = 0; i < 20; i++) {
            assertThat(meanwhile.get(i).join().orElseThrow().channel()).hasToString("room:m" + i);
        }
    }

    @Test
    void questionsWaitWhileTwoCallsAreInFlight() {
        askMore(1);
        askMore(1);
        loop.pass(Questions.PAUSE);
        askMore(3);
        loop.pass(Questions.PAUSE);
        assertThat(sizes()).containsExactly(1, 1);

        calls.getFirst().answer();
        assertThat(sizes()).containsExactly(1, 1, 3);
    }

    @Test
    void aCallIsNotLargerThanTheServiceAllows() {
        askMore(1);
        askMore(AccessQuery.MOST + 1);

        loop.pass(Questions.PAUSE);
        calls.getFirst().answer();
        loop.pass(Questions.PAUSE);

        assertThat(sizes()).containsExactly(1, AccessQuery.MOST, 1);
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
        CompletableFuture<Optional<ChannelAccess>> next = ask("room:3");

        calls.get(0).answers().completeExceptionally(new RefusedException(ErrorCode.UNAVAILABLE, "away"));
        loop.pass(Questions.PAUSE);
        calls.get(1).answer();

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
        askMore(20_001);

        assertThat(ask("room:m")).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("too many");
    }
}
