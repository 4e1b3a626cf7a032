package dev.dunlin.push.decision;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects what a sequence of events, in order, changes: which pending notifications to cancel, and
 * which to add. Used by one thread.
 */
final class Draft {
    private record Wish(Device device, Notification notification) {}

    private final List<Wish> wishes = new ArrayList<>();
    private final List<Cancellation> cancellations = new ArrayList<>();

    void add(Device device, Notification notification) {
        wishes.add(new Wish(device, notification));
    }

    /** Cancels the notifications before it: those in this draft, and the pending ones. */
    void cancel(Cancellation cancellation) {
        wishes.removeIf(wish -> cancels(cancellation, wish.notification()));
        cancellations.add(cancellation);
    }

    private static boolean cancels(Cancellation cancellation, Notification notification) {
        if (!cancellation.channel().equals(notification.channel())
                || !cancellation.epoch().equals(notification.epoch())) {
            return false;
        }
        return switch (cancellation) {
            case Cancellation.ReadUpTo read ->
                read.user().equals(notification.user()) && notification.seq() <= read.seq();
            case Cancellation.Deleted deleted -> notification.seq() == deleted.seq();
        };
    }

    int size() {
        return wishes.size() + cancellations.size();
    }

    Set<UserId> users() {
        return wishes.stream().map(wish -> wish.notification().user()).collect(Collectors.toSet());
    }

    List<Addition> additionsFor(Set<UserId> users) {
        return wishes.stream()
                .filter(wish -> users.contains(wish.notification().user()))
                .map(wish -> new Addition(wish.device().id(), wish.notification()))
                .toList();
    }

    List<Cancellation> cancellations() {
        return cancellations;
    }
}
