package dev.dunlin.engines.testing;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a service answers at {@code /q/metrics}, in the text format of Prometheus. */
public record Exposition(String text) {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) ");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) +\\S");

    /**
     * The metrics of Dunlin's own that have no description, which is a {@code HELP} line with a
     * text.
     */
    public List<String> undescribed() {
        Set<String> described =
                HELP.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
        return TYPE.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> name.startsWith("dunlin_") && !described.contains(name))
                .toList();
    }
}
