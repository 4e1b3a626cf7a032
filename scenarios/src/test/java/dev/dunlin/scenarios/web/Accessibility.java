package dev.dunlin.scenarios.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of axe-core for WCAG 2.2 AA: names, roles, contrast, landmarks and more. */
final class Accessibility {
    private static final String AXE = read();

    private Accessibility() {}

    /** Fails with each broken rule and the elements that break it. */
    static void check(Page page) {
        page.evaluate(AXE);
        Object broken = page.evaluate("""
                async () => {
                  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
                  const { violations, passes } = await axe.run(document, { runOnly: rules });
                  if (passes.length < 10) return ["only " + passes.length + " rules had anything to look at"];
                  return violations.flatMap(({ id, nodes }) =>
                    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
                }
                """);
        assertThat((List<?>) broken).isEmpty();
    }

    private static String read() {
        try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("there is no axe.min.js on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
