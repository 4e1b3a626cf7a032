package dev.dunlin.push.delivery.webpush;

import java.util.Optional;

/** The key for Web Push; empty if Web Push is not configured. */
public record WebPushKey(Optional<Vapid> vapid) {}
