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
import java.util.HashMap;
import java.util.Map;

/**
 * Posts the notification's JSON with a {@link Signature}. A receiver recognises a duplicate by
 * user, channel and seq. One that answers 404 may be misconfigured for a while; only 410 removes
 * the device at once.
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
        Map<String, String> headers = new HashMap<>(Signature.headers(target.secret(), clock.instant(), body));
        headers.put(TraceId.HEADER, push.trace().traceparent());
        return answers.outcome(post.post(target.endpoint(), headers, body));
    }
}
