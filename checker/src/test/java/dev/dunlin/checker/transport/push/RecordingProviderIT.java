package dev.dunlin.checker.transport.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceLines;
import dev.dunlin.checker.history.PresenceNotice;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushLines;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.PushRecorder;
import dev.dunlin.checker.history.Reading;
import dev.dunlin.checker.history.Revision;
import dev.dunlin.checker.nemesis.Blow;
import dev.dunlin.protocol.ChannelName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingProviderIT {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String DEVICE = "bob-device";

    private final PushRecorder recorder = new PushRecorder(System::nanoTime, new NoLines(), new NoLines());
    private final RecordingProvider provider = RecordingProvider.start(recorder);
    private final HttpClient http = HttpClient.newHttpClient();

    RecordingProviderIT() throws IOException {}

    @AfterEach
    void stop() {
        http.close();
        provider.close();
    }

    @Test
    void aChallengeIsRepeatedAndNotRecorded() throws Exception {
        HttpResponse<String> answer = post("{\"type\":\"challenge\",\"challenge\":\"abc\"}", DEADLINE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"challenge\":\"abc\"}");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aNotificationIsAcceptedAndRecorded() throws Exception {
        assertThat(notifyDevice().statusCode()).isEqualTo(200);
        PushCall call = awaitCall();
        assertThat(call.device()).isEqualTo(DEVICE);
        assertThat(call.alert()).isTrue();
        assertThat(call.channel()).isEqualTo(new ChannelName("group:g"));
        assertThat(call.seq()).isEqualTo(7);
        assertThat(call.content()).isEqualTo("{\"text\":\"hi\"}");
        assertThat(call.accepted()).isTrue();
        assertThat(call.answeredAt()).isGreaterThanOrEqualTo(call.at());
    }

    @Test
    void aDeviceThatIsGoneGets410() throws Exception {
        provider.remove(DEVICE);
        assertThat(notifyDevice().statusCode()).isEqualTo(410);
        assertThat(awaitCall().gone()).isTrue();
    }

    @Test
    void theLatestFaultCountsUntilItEnds() throws Exception {
        provider.begin(Blow.THROTTLE);
        HttpResponse<String> throttled = notifyDevice();
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("2");
        provider.begin(Blow.FAIL);
        assertThat(notifyDevice().statusCode()).isEqualTo(500);
        provider.end(Blow.FAIL);
        assertThat(notifyDevice().statusCode()).isEqualTo(429);
        provider.end(Blow.THROTTLE);
        assertThat(notifyDevice().statusCode()).isEqualTo(200);
    }

    @Test
    void aCallThatHangsIsRecordedWithoutAnAnswer() {
        provider.begin(Blow.HANG);
        assertThatThrownBy(() -> post(notification(), Duration.ofMillis(300))).isInstanceOf(HttpTimeoutException.class);
        assertThat(calls()).isEmpty();
        provider.end(Blow.HANG);
        assertThat(awaitCall().status()).isEqualTo(PushCall.UNANSWERED);
    }

    private HttpResponse<String> notifyDevice() throws IOException, InterruptedException {
        return post(notification(), DEADLINE);
    }

    private static String notification() {
        return "{\"type\":\"notification\",\"channel\":\"group:g\",\"seq\":7,\"data\":{\"text\":\"hi\"}}";
    }

    private HttpResponse<String> post(String body, Duration within) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(provider.url(DEVICE)))
                        .timeout(within)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private List<PushCall> calls() {
        return recorder.history().calls();
    }

    private PushCall awaitCall() {
        await().atMost(DEADLINE).until(() -> !calls().isEmpty()); // it is recorded after the answer
        return calls().getFirst();
    }

    private static final class NoLines implements PushLines, PresenceLines {
        @Override
        public void message(PushMessage message) {}

        @Override
        public void revision(Revision revision) {}

        @Override
        public void reading(Reading reading) {}

        @Override
        public void call(PushCall call) {}

        @Override
        public void link(OpenLink link) {}

        @Override
        public void answer(PresenceAnswer answer) {}

        @Override
        public void notice(PresenceNotice notice) {}
    }
}
