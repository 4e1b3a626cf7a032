package dev.dunlin.push.delivery.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushDeliveryTest {
    private static final UserId BOB = new UserId("bob");
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final SubscriptionKeys KEYS = new SubscriptionKeys(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg");
    private static final SubscriptionKeys OTHERS = new SubscriptionKeys(KEYS.p256dh(), "AAAAAAAAAAAAAAAAAAAAAA");

    private final List<Map<String, String>> sent = new ArrayList<>();
    private int status = 201;
    private final VapidKeys keys;

    WebPushDeliveryTest() throws GeneralSecurityException {
        keys = Pems.keys(Map.of("old", Pems.newKeyPair(), "young", Pems.newKeyPair()));
    }

    @Test
    void onlyWhatSoundsMayWakeADeviceThatSavesPower() {
        assertThat(headers(alert("default", ENG), KEYS, "old")).containsEntry("Urgency", "high");
        assertThat(headers(alert("chime", ENG), KEYS, "old")).containsEntry("Urgency", "high");
        assertThat(headers(alert("none", ENG), KEYS, "old")).containsEntry("Urgency", "normal");
        assertThat(headers(clear(), KEYS, "old")).containsEntry("Urgency", "normal");
    }

    @Test
    void everythingOfAChannelReplacesWhatThePushServiceStillHolds() {
        String topic = headers(alert("default", ENG), KEYS, "old").get("Topic");
        assertThat(topic).isEqualTo("TaUSK2aiMSuvdqEb0uaEeKqNFxPlL5t2"); // by python's hmac
        assertThat(headers(clear(), KEYS, "old")).containsEntry("Topic", topic).containsEntry("TTL", "60");
        assertThat(headers(alert("default", new ChannelName("group:ops")), KEYS, "old")
                        .get("Topic"))
                .isNotEqualTo(topic);
    }

    @Test
    void thePushServiceCannotTellThatTwoSubscriptionsAreOfOneChannel() {
        assertThat(headers(alert("default", ENG), KEYS, "old").get("Topic"))
                .isNotEqualTo(headers(alert("default", ENG), OTHERS, "old").get("Topic"));
    }

    @Test
    void eachSubscriptionIsCalledWithItsKey() {
        for (String id : List.of("old", "young")) {
            assertThat(headers(alert("default", ENG), KEYS, id).get("Authorization"))
                    .endsWith("k=" + keys.find(id).orElseThrow().publicKey());
        }
    }

    @Test
    void aSubscriptionWhoseKeyIsGoneIsRejectedWithoutACall() {
        assertThat(deliver(alert("default", ENG), KEYS, "lost"))
                .isEqualTo(new Outcome.Rejected("there is no VAPID key lost, with which the browser subscribed"));
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aSubscriptionThatIsNotFoundIsGone(int answer) {
        status = answer;
        assertThat(deliver(alert("default", ENG), KEYS, "old"))
                .isEqualTo(new Outcome.Gone("status " + answer, Optional.empty()));
    }

    private Map<String, String> headers(Push push, SubscriptionKeys subscription, String key) {
        deliver(push, subscription, key);
        return sent.getLast();
    }

    private Outcome deliver(Push push, SubscriptionKeys subscription, String key) {
        Post post = (_, headers, _) -> {
            sent.add(headers);
            return new Post.Answer.Status(status, "");
        };
        Target.WebPush target = new Target.WebPush(Endpoint.of("https://push.example/1"), subscription, key);
        return new WebPushDelivery(
                        keys, Duration.ofSeconds(60), post, new Answers(Clock.systemUTC()), new SecureRandom())
                .deliver(
                        push, new Device(new DeviceId(new UUID(1, 2)), BOB, target, Prefs.NONE, Instant.EPOCH), target);
    }

    private static Push alert(String sound, ChannelName channel) {
        return new Push.Alert(
                BOB,
                channel,
                EPOCH,
                7,
                new ClientMessageId("m7"),
                new UserId("alice"),
                1007,
                TextNode.valueOf("hi"),
                1,
                false,
                Push.Preview.FULL,
                sound,
                OptionalLong.empty(),
                OptionalLong.empty(),
                new TraceId(1, 2));
    }

    private static Push clear() {
        return new Push.Clear(BOB, ENG, EPOCH, 7, OptionalLong.empty(), new TraceId(1, 2));
    }
}
