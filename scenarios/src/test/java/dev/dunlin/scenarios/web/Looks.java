package dev.dunlin.scenarios.web;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;

/** What people look at the pages with. */
final class Looks {
    private Looks() {}

    static NewContextOptions desktop() {
        return new NewContextOptions().setViewportSize(1180, 760);
    }

    static NewContextOptions darkDesktop() {
        return desktop().setColorScheme(ColorScheme.DARK);
    }

    static NewContextOptions phone() {
        return new NewContextOptions()
                .setViewportSize(390, 780)
                .setIsMobile(true)
                .setHasTouch(true)
                .setColorScheme(ColorScheme.DARK);
    }
}
