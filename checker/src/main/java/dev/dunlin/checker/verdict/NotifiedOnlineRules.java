package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushDevice;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.PushMessage;
import java.util.List;
import java.util.Optional;

/**
 * A user with an active link, from before the message until after the notification, is not notified
 * of it, whatever the provider answers. A short time without a link is none, and after a long one
 * presence may take a while: {@link Excuse}. A session that is away does not count.
 */
final class NotifiedOnlineRules {
    private final PushHistory history;
    private final Findings findings;

    NotifiedOnlineRules(PushHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void check() {
        for (PushDevice device : history.devices()) {
            List<OpenLink> active = history.linksOf(device.user()).stream()
                    .filter(link -> !link.away())
                    .toList();
            List<Excuse> excuses = Excuse.of(active, history.startedAt());
            history.calls().stream()
                    .filter(call -> call.alert() && call.device().equals(device.name()))
                    .forEach(call -> messageOf(call)
                            .filter(message -> message.invokedAt() >= history.startedAt()
                                    && excuses.stream()
                                            .noneMatch(excuse -> excuse.touches(message.invokedAt(), call.at())))
                            .ifPresent(message -> add(device, call, message)));
        }
    }

    private Optional<PushMessage> messageOf(PushCall call) {
        return history.messages().stream()
                .filter(message ->
                        message.seq() == call.seq() && message.channel().equals(call.channel()))
                .findFirst();
    }

    private void add(PushDevice device, PushCall call, PushMessage message) {
        findings.add(
                Promise.NOTIFIED_ONLINE,
                device.user().value(),
                "%s was notified at %.1f s of seq %d in %s, which was sent at %.1f s; its links: %s"
                        .formatted(
                                device.name(),
                                call.at() / 1e9,
                                call.seq(),
                                call.channel(),
                                message.invokedAt() / 1e9,
                                PresenceText.of(history.linksOf(device.user()))));
    }
}
