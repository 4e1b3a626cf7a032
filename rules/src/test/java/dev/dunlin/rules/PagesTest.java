package dev.dunlin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages call by name has that name in the code. */
class PagesTest {
    private static final Pattern METRIC = Pattern.compile("`(dunlin_[a-z0-9_]+)(?:\\{[^`]*})?`");
    private static final Pattern METRIC_IN_CODE = Pattern.compile("\"(dunlin[._][a-z0-9._]+)\"");
    private static final String COOKIE = "dunlin_token";
    private static final Pattern TOPIC = Pattern.compile(
            "`((?:channel|session|user)\\.(?:commands(?:\\.dlq)?|events)|presence\\.users|push\\.dlq)`");
    private static final Pattern FORMER_NAME =
            Pattern.compile("^\\| `(dunlin\\.[^`]+)` .*The former name of ", Pattern.MULTILINE);
    /** What Prometheus's exporter may add to a meter's name. */
    private static final Pattern SUFFIX =
            Pattern.compile("(_total|_seconds|_bytes|_max|_count|_sum|_bucket|_milliseconds)+$");

    @Test
    void everyMetricOnThePagesIsOneOfTheCode() throws IOException {
        Set<String> known = Checkout.servicesAndEdge().stream()
                .flatMap(module -> Checkout.sources(module, ".java").stream())
                .flatMap(file -> METRIC_IN_CODE.matcher(Checkout.read(file)).results())
                .map(match -> stem(match.group(1).replace('.', '_')))
                .collect(Collectors.toSet());
        assertThat(known).isNotEmpty();
        Set<String> unknown = named(METRIC).stream()
                .filter(metric -> !metric.equals(COOKIE) && !known.contains(stem(metric)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unknown)
                .as("metrics in docs/ and README.md that no service has")
                .isEmpty();
    }

    @Test
    void theTopicsOfTheArchitecturePageAreThoseOfTheCode() {
        Set<String> onPage = TOPIC.matcher(Checkout.page("architecture.md"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(onPage).containsExactlyInAnyOrderElementsOf(JavaSource.topics());
    }

    @Test
    void theTopicsOfTheDeploymentAreThoseOfTheCode() {
        Path deploy = Checkout.root().resolve("deploy");
        assertThat(TOPIC.matcher(Checkout.read(deploy.resolve("README.md"))).results())
                .extracting(match -> match.group(1))
                .containsOnlyOnceElementsOf(JavaSource.topics())
                .hasSameSizeAs(JavaSource.topics());
        Matcher created =
                Pattern.compile("for topic in ([^;]+);").matcher(Checkout.read(deploy.resolve("compose/compose.yaml")));
        assertThat(created.find()).isTrue();
        assertThat(created.group(1).split(" ")).containsExactlyInAnyOrderElementsOf(JavaSource.topics());
    }

    @Test
    void onlyTheConfigurationPageNamesASettingThatWasRenamed() throws IOException {
        Set<String> former = FORMER_NAME
                .matcher(Checkout.page("configuration.md"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(former).isNotEmpty();
        Set<String> used = new TreeSet<>();
        for (Path page : pages()) {
            String text = page.endsWith("configuration.md") || page.endsWith("CHANGELOG.md") ? "" : Checkout.read(page);
            former.stream()
                    .filter(setting -> text.contains("`" + setting))
                    .forEach(setting -> used.add(page.getFileName() + ": " + setting));
        }
        assertThat(used).isEmpty();
    }

    @Test
    void noPageLinksToAFileThatIsNotThere() throws IOException {
        Pattern link = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
        Set<String> broken = new TreeSet<>();
        for (Path page : pages()) {
            link.matcher(Checkout.read(page))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(target -> {
                        if (!Files.exists(page.resolveSibling(target))) {
                            broken.add(Checkout.root().relativize(page) + " -> " + target);
                        }
                    });
        }
        assertThat(broken).isEmpty();
    }

    private static String stem(String metric) {
        return SUFFIX.matcher(metric).replaceFirst("");
    }

    private static Set<String> named(Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path page : pages()) {
            pattern.matcher(Checkout.read(page)).results().forEach(match -> names.add(match.group(1)));
        }
        return names;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Checkout.root().resolve("docs"));
                Stream<Path> top = Files.list(Checkout.root())) {
            return Stream.concat(docs, top)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
