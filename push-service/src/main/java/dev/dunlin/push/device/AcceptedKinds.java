package dev.dunlin.push.device;

/** Which kinds of devices can be registered; webhooks always. {@code webPush} needs a VAPID key. */
public record AcceptedKinds(boolean webPush) {}
