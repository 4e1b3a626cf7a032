package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.protocol.frame.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How presence is written in findings. */
final class PresenceText {
    private PresenceText() {}

    static String of(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** The open links, or how long there has been none. */
    static String of(List<OpenLink> links) {
        List<String> open = links.stream()
                .filter(link -> link.until() == OpenLink.STILL_OPEN)
                .map(link -> "%s%s on %s since %.1f s"
                        .formatted(link.client(), link.away() ? ", away," : "", link.node(), link.from() / 1e9))
                .toList();
        if (!open.isEmpty()) {
            return "open: " + String.join("; ", open);
        }
        return links.stream()
                .max(Comparator.comparingLong(OpenLink::until))
                .map(last -> "no open link since %.1f s, when %s on %s ended"
                        .formatted(last.until() / 1e9, last.client(), last.node()))
                .orElse("never had a link");
    }
}
