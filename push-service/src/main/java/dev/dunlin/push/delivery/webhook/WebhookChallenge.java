package dev.dunlin.push.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Exchange;
import dev.dunlin.push.delivery.Post;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Ownership;
import dev.dunlin.push.device.Target;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * Posts random text to a webhook, signed as a notification is. The endpoint must repeat the text,
 * in JSON or plain. An endpoint that merely accepts every POST does not, so it gets no
 * notifications that somebody else registered it for.
 */
public final class WebhookChallenge implements Ownership {
    private static final int RANDOM_BYTES = 32;
    private static final String FIELD = "challenge";

    private final Exchange exchange;
    private final Clock clock;
    private final SecureRandom random;

    public WebhookChallenge(Exchange exchange, Clock clock, SecureRandom random) {
        this.exchange = exchange;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public boolean asks() {
        return true;
    }

    @Override
    public Optional<String> fault(UserId user, DeviceId device, Target.Webhook target) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ObjectNode question = Json.mapper().createObjectNode();
        question.put("type", FIELD);
        question.put("user", user.value());
        question.put("device", device.toString());
        question.put(FIELD, challenge);
        byte[] body = Json.write(question);
        Exchange.Reply reply =
                exchange.send(target.endpoint(), Signature.headers(target.secret(), clock.instant(), body), body);
        return switch (reply.answer()) {
            case Post.Answer.Status(int code, String _) when code / 100 != 2 -> Optional.of("status " + code);
            case Post.Answer.Status _ ->
                repeats(challenge, reply.body()) ? Optional.empty() : Optional.of("the body of the answer differs");
            case Post.Answer.Forbidden(String reason) -> Optional.of(reason);
            // the reason names addresses of the network of this service
            case Post.Answer.Unanswered _ -> Optional.of("no answer");
        };
    }

    private static boolean repeats(String challenge, String body) {
        if (body.strip().equals(challenge)) {
            return true;
        }
        try {
            return challenge.equals(Json.parse(body.getBytes(UTF_8)).path(FIELD).textValue());
        } catch (InvalidInput e) {
            return false;
        }
    }
}
