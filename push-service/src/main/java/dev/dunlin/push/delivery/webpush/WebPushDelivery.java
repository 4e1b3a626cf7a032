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
import dev.dunlin.push.device.P256;
import dev.dunlin.push.device.Target;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Posts the notification's JSON, encrypted for the browser, to its push service. A newer message of
 * a channel replaces one that the push service still holds ({@code Topic}). So a phone that
 * reconnects gets one notification for each channel.
 */
public final class WebPushDelivery implements TargetDelivery<Target.WebPush> {
    private static final int TOPIC_BYTES = 24; // 32 characters, the most that RFC 8030 section 5.4 allows

    private final Optional<Vapid> vapid;
    private final Duration ttl;
    private final Post post;
    private final Answers answers;
    private final SecureRandom random;

    /**
     * {@code ttl}: how long a push service keeps what it cannot deliver. Without {@code vapid}
     * nothing is delivered.
     */
    public WebPushDelivery(Optional<Vapid> vapid, Duration ttl, Post post, Answers answers, SecureRandom random) {
        this.vapid = vapid;
        this.ttl = ttl;
        this.post = post;
        this.answers = answers;
        this.random = random;
    }

    @Override
    public Outcome deliver(Push push, Device device, Target.WebPush target) {
        if (vapid.isEmpty()) {
            return new Outcome.Rejected("Web Push is not configured: dunlin.push.vapid.key-file");
        }
        byte[] text = PushBody.atMost(EncryptedPush.MAX_PLAINTEXT_BYTES, push);
        Map<String, String> headers = Map.of(
                "TTL",
                Long.toString(ttl.toSeconds()),
                "Urgency",
                "high",
                "Topic",
                topic(push.channel()),
                "Content-Encoding",
                "aes128gcm",
                "Content-Type",
                "application/octet-stream",
                "Authorization",
                vapid.get().authorization(target.endpoint().origin()));
        return answers.outcome(post.post(target.endpoint(), headers, encrypt(text, target)));
    }

    private byte[] encrypt(byte[] text, Target.WebPush target) {
        byte[] salt = new byte[EncryptedPush.SALT_BYTES];
        random.nextBytes(salt);
        try {
            return EncryptedPush.body(text, target.keys(), P256.newKeyPair(), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hashed, because the push service can read it. */
    static String topic(ChannelName channel) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(channel.value().getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
