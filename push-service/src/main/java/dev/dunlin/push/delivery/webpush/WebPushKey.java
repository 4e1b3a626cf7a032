package dev.dunlin.push.delivery.webpush;

import java.util.Optional;

/** Whether this suite does Web Push: it does if it has a key. */
public record WebPushKey(Optional<Vapid> vapid) {}
