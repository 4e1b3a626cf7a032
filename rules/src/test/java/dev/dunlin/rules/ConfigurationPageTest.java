package dev.dunlin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the page with the {@code @ConfigMapping} interfaces. */
class ConfigurationPageTest {
    private static final String PAGE = "configuration.md";
    private static final Pattern KEY_ON_PAGE = Pattern.compile("`(dunlin\\.[A-Za-z0-9_.*<>{}\"-]+)`");

    @Test
    void thePageNamesEveryKeyOfEveryService() {
        String page = Checkout.page(PAGE);
        List<String> missing = keys().entrySet().stream()
                .filter(key -> !page.contains("`" + key.getKey() + "`"))
                .map(key -> key.getKey() + " (" + key.getValue() + ")")
                .toList();
        assertThat(missing).as("keys that docs/" + PAGE + " does not name").isEmpty();
    }

    @Test
    void thePageNamesNoKeyThatIsNone() {
        Set<String> known = new TreeSet<>(keys().keySet());
        Matcher named = KEY_ON_PAGE.matcher(Checkout.page(PAGE));
        Set<String> unknown = named.results()
                .map(match -> match.group(1))
                .filter(key -> !known.contains(key) && known.stream().noneMatch(one -> one.startsWith(key + ".")))
                .filter(key -> Checkout.servicesAndEdge().stream()
                        .flatMap(module -> Checkout.sources(module, ".java").stream())
                        .noneMatch(file -> Checkout.read(file).contains("\"" + key + "\"")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unknown).as("keys on docs/" + PAGE + " that no service has").isEmpty();
    }

    /** Key to the interface that has it. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        for (String module : Checkout.servicesAndEdge()) {
            Setting.of(module).forEach(setting -> keys.put(setting.key(), setting.owner()));
        }
        assertThat(keys).isNotEmpty();
        return keys;
    }
}
