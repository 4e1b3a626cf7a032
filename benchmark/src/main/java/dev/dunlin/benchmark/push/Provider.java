package dev.dunlin.benchmark.push;

import java.util.Locale;

/** A push provider, and the devices that it reaches. */
enum Provider {
    FCM("FCM"),
    APNS("APNs"),
    WEBPUSH("Web Push");

    private final String title;

    Provider(String title) {
        this.title = title;
    }

    /** As the tables have it. */
    String title() {
        return title;
    }

    /** As a part of names. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
