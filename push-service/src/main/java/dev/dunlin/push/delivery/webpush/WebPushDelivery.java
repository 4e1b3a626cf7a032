package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.DeliveryByKind.TargetDelivery;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.PushBody;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts the notification's JSON, encrypted for the browser, to its push service. A newer message of
 * a channel replaces one that the push service still holds ({@code Topic}). So a phone that
 * reconnects gets one notification for each channel.
 */
public final class WebPushDelivery implements TargetDelivery<Target.WebPush> {
    private static final int TOPIC_BYTES = 24; // 32 characters, the most that RFC 8030 section 5.4 allows
    private static final String HMAC = "HmacSHA256";
    private static final String NO_SOUND = "none";

    private final VapidKeys keys;
    private final Duration ttl;
    private final Post post;
    private final Answers answers;
    private final SecureRandom random;

    /** {@code ttl}: how long a push service keeps what it cannot deliver. */
    public WebPushDelivery(VapidKeys keys, Duration ttl, Post post, Answers answers, SecureRandom random) {
        this.keys = keys;
        this.ttl = ttl;
        this.post = post;
        this.answers = answers;
        this.random = random;
    }

    @Override
    public Outcome deliver(Push push, Device device, Target.WebPush target) {
        Optional<Vapid> vapid = keys.find(target.keyId());
        if (vapid.isEmpty()) {
            return new Outcome.Rejected(
                    "there is no VAPID key " + target.keyId() + ", with which the browser subscribed");
        }
        byte[] text = PushBody.atMost(EncryptedPush.MAX_PLAINTEXT_BYTES, push);
        Map<String, String> headers = Map.of(
                "TTL",
                Long.toString(ttl.toSeconds()),
                "Urgency",
                urgency(push),
                "Topic",
                topic(push.channel(), target.keys()),
                "Content-Encoding",
                "aes128gcm",
                "Content-Type",
                "application/octet-stream",
                "Authorization",
                vapid.get().authorization(target.endpoint().origin()));
        Outcome outcome = answers.outcome(post.post(target.endpoint(), headers, encrypt(text, target)));
        return outcome instanceof Outcome.NotFound(String reason) // RFC 8030 section 7.3
                ? new Outcome.Gone(reason, Optional.empty())
                : outcome;
    }

    /** RFC 8030 section 5.3: only what makes a sound may wake a device with a low battery. */
    private static String urgency(Push push) {
        return push instanceof Push.Alert alert && !alert.sound().equals(NO_SOUND) ? "high" : "normal";
    }

    private byte[] encrypt(byte[] text, Target.WebPush target) {
        byte[] salt = new byte[EncryptedPush.SALT_BYTES];
        random.nextBytes(salt);
        try {
            return EncryptedPush.body(text, target.keys(), SenderKey.next(random), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The push service can read it, so it is a keyed hash. The key is a secret of the subscription
     * that the push service does not know, so it cannot try names of channels.
     */
    static String topic(ChannelName channel, SubscriptionKeys keys) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(keys.authSecret(), HMAC));
            byte[] hash = mac.doFinal(channel.value().getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
