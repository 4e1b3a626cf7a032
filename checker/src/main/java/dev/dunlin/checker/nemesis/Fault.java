package dev.dunlin.checker.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One kind of fault, such as {@code kill-connection} or {@code push-429}. */
public record Fault(Blow blow, Target target) {
    private static final Map<String, String> OTHER_NAMES = Map.of("postgres", "store", "cassandra", "store");

    /** Every kind. */
    public static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (Blow blow : Blow.values()) {
            for (Target target : Target.values()) {
                if (blow.isFor(target)) {
                    all.add(new Fault(blow, target));
                }
            }
        }
        return all;
    }

    /**
     * Parses {@code all}, {@code none} or a list such as {@code kill-connection,stop-redis}.
     * {@code kill} alone means every target of it, and {@code redis} alone every blow to it.
     * {@code push} alone means every blow to push-service and every fault of the provider.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static List<Fault> parse(String text) {
        if (text.equals("none")) {
            return List.of();
        }
        List<Fault> chosen = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            String wanted = canonical(name.strip());
            List<Fault> matching = all().stream()
                    .filter(fault -> wanted.equals("all") || fault.isMeantBy(wanted))
                    .filter(fault -> !chosen.contains(fault))
                    .toList();
            if (matching.isEmpty()
                    && all().stream().noneMatch(fault -> fault.text().equals(wanted))) {
                throw new IllegalArgumentException("--nemesis " + name + ": it is all, none, or some of "
                        + all().stream().map(Fault::text).collect(Collectors.joining(",")));
            }
            chosen.addAll(matching);
        }
        return chosen;
    }

    private boolean isMeantBy(String wanted) {
        return wanted.equals(text())
                || wanted.equals(blow.text())
                || wanted.equals(target.text())
                || (target == Target.PROVIDER && wanted.equals(Target.PUSH.text()));
    }

    private static String canonical(String name) {
        String canonical = name;
        for (Map.Entry<String, String> other : OTHER_NAMES.entrySet()) {
            canonical = canonical.replace(other.getKey(), other.getValue());
        }
        return canonical;
    }

    /** The name in {@code --nemesis}. */
    public String text() {
        return target == Target.PROVIDER ? blow.text() : blow.text() + "-" + target.text();
    }
}
