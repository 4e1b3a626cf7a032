package dev.dunlin.push.delivery.webhook;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.DeliveryByKind.TargetDelivery;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.delivery.NotificationBody;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.device.Target;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Posts the notification's JSON with a {@link Signature}. A receiver recognises a duplicate by
 * user, channel and seq.
 */
public final class WebhookDelivery implements TargetDelivery<Target.Webhook> {
    private final Post post;
    private final Answers answers;
    private final Clock clock;

    public WebhookDelivery(Post post, Answers answers, Clock clock) {
        this.post = post;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Outcome deliver(Notification notification, Target.Webhook target, OptionalLong unread) {
        byte[] body = NotificationBody.whole(notification, unread);
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                Signature.HEADER,
                Signature.of(target.secret(), clock.instant(), body),
                TraceId.HEADER,
                notification.trace().traceparent());
        return answers.outcome(post.post(target.endpoint(), headers, body));
    }
}
