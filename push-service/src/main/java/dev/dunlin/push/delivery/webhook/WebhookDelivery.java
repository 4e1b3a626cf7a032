package dev.dunlin.push.delivery.webhook;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.DeliveryByKind.TargetDelivery;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.PushBody;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;
import java.time.Clock;
import java.util.Map;

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
    public Outcome deliver(Push push, Device device, Target.Webhook target) {
        byte[] body = PushBody.whole(push);
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                Signature.HEADER,
                Signature.of(target.secret(), clock.instant(), body),
                TraceId.HEADER,
                push.trace().traceparent());
        return answers.outcome(post.post(target.endpoint(), headers, body));
    }
}
