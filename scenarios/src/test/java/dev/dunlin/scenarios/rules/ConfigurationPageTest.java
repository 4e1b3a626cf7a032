package dev.dunlin.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reads the keys out of the class files of the {@code @ConfigMapping} interfaces. */
class ConfigurationPageTest {
    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String NAME = "io.smallrye.config.WithName";
    private static final String PARENT = "io.smallrye.config.WithParentName";
    private static final String PAGE = "configuration.md";
    private static final Pattern KEY_ON_PAGE = Pattern.compile("`(dunlin\\.[A-Za-z0-9_.*<>{}\"-]+)`");

    @Test
    void thePageNamesEveryKeyOfEveryService() {
        String page = Modules.page(PAGE);
        List<String> missing = keys().entrySet().stream()
                .filter(key -> !page.contains("`" + key.getKey() + "`"))
                .map(key -> key.getKey() + " (" + key.getValue() + ")")
                .toList();
        assertThat(missing).as("keys that docs/" + PAGE + " does not name").isEmpty();
    }

    @Test
    void thePageNamesNoKeyThatIsNone() {
        Set<String> known = new TreeSet<>(keys().keySet());
        Matcher named = KEY_ON_PAGE.matcher(Modules.page(PAGE));
        Set<String> unknown = named.results()
                .map(match -> match.group(1))
                .filter(key -> !known.contains(key) && known.stream().noneMatch(one -> one.startsWith(key + ".")))
                .filter(key -> Modules.SERVICES.stream()
                        .flatMap(service -> Modules.sources(service, ".java").stream())
                        .noneMatch(file -> Modules.read(file).contains("\"" + key + "\"")))
                .filter(key -> Modules.sources("service-edge", ".java").stream()
                        .noneMatch(file -> Modules.read(file).contains("\"" + key + "\"")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unknown).as("keys on docs/" + PAGE + " that no service has").isEmpty();
    }

    /** Key to the interface that has it. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        List<String> modules = new ArrayList<>(Modules.SERVICES);
        modules.add("service-edge");
        for (String module : modules) {
            for (JavaClass type : Modules.of(module)) {
                if (type.isAnnotatedWith(MAPPING)) {
                    String prefix =
                            text(type.getAnnotationOfType(MAPPING).get("prefix").orElse(""));
                    collect(prefix, type, module + ", " + type.getSimpleName(), keys);
                }
            }
        }
        assertThat(keys).isNotEmpty();
        return keys;
    }

    private static void collect(String prefix, JavaClass type, String owner, Map<String, String> keys) {
        for (JavaMethod method : type.getMethods()) {
            if (method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)
                    || !method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)) {
                continue;
            }
            String key = method.isAnnotatedWith(PARENT) ? prefix : prefix + "." + nameOf(method);
            descend(key, method.getReturnType(), owner, keys);
        }
    }

    private static void descend(String key, JavaType type, String owner, Map<String, String> keys) {
        JavaClass raw = type.toErasure();
        List<JavaType> arguments = type instanceof com.tngtech.archunit.core.domain.JavaParameterizedType parameterized
                ? parameterized.getActualTypeArguments()
                : List.of();
        if (raw.isEquivalentTo(Map.class)) {
            descend(key + ".<name>", arguments.getLast(), owner, keys);
        } else if (raw.isEquivalentTo(java.util.Optional.class) && isGroup(arguments.getFirst())) {
            descend(key, arguments.getFirst(), owner, keys);
        } else if (isGroup(type)) {
            collect(key, raw, owner, keys);
        } else {
            keys.put(key, owner);
        }
    }

    private static boolean isGroup(JavaType type) {
        JavaClass raw = type.toErasure();
        return raw.isInterface() && raw.getPackageName().startsWith("dev.dunlin");
    }

    private static String nameOf(JavaMethod method) {
        return method.isAnnotatedWith(NAME)
                ? text(method.getAnnotationOfType(NAME).get("value").orElse(""))
                : method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
