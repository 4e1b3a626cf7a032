package dev.dunlin.scenarios.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The look into a tab's connection, open. */
final class Inspector {
    private final Locator panel;

    private Inspector(Locator panel) {
        this.panel = panel;
    }

    static Inspector open(Page page) {
        page.locator(".conversation-header")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Connection"))
                .click();
        return new Inspector(page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Connection")));
    }

    /** The transport that carries the session; empty while none does. */
    Locator used() {
        return panel.locator(".ladder li[aria-current] .rung");
    }

    /** The node at the other end. */
    String node() {
        return panel.locator(".route .stop").last().innerText();
    }

    /** Flips the switch. */
    void flip(String name) {
        panel.getByRole(AriaRole.SWITCH, new Locator.GetByRoleOptions().setName(name))
                .press("Space");
    }

    /** The frames of this type, the newest first. */
    Locator frames(String type) {
        return panel.locator("details.frame")
                .filter(new Locator.FilterOptions().setHas(panel.page().locator("strong", hasText(type))));
    }

    /** What happened to the link. */
    Locator happened(String text) {
        return panel.locator(".frame-link").filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator latency() {
        return panel.locator(".latency strong");
    }

    private static Page.LocatorOptions hasText(String type) {
        return new Page.LocatorOptions().setHasText(type);
    }
}
