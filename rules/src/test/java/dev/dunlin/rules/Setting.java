package dev.dunlin.rules;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * A key of the configuration, read from the source of a {@code @ConfigMapping} interface.
 *
 * @param owner the module and the interface
 */
record Setting(String key, String owner) {
    private static final Set<Modifier> WITH_BODY = Set.of(Modifier.DEFAULT, Modifier.STATIC, Modifier.PRIVATE);

    /** All settings of a module. */
    static List<Setting> of(String module) {
        Map<String, JavaSource.Type> types = JavaSource.types(Checkout.sources(module, ".java").stream()
                .filter(file -> Checkout.read(file).contains("interface "))
                .toList());
        List<Setting> settings = new ArrayList<>();
        for (JavaSource.Type type : types.values()) {
            String owner = module + ", " + type.tree().getSimpleName();
            argument(type.tree().getModifiers(), "ConfigMapping")
                    .ifPresent(prefix -> new Reader(owner, types, settings).read(prefix, type));
        }
        return settings;
    }

    /** The first argument of the annotation of that name; empty if there is no such annotation. */
    private static Optional<String> argument(ModifiersTree modifiers, String annotation) {
        return annotations(modifiers, annotation)
                .flatMap(found -> found.getArguments().stream())
                .map(argument -> argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument)
                .map(value -> JavaSource.text(value))
                .findFirst();
    }

    private static Stream<? extends AnnotationTree> annotations(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation ->
                        JavaSource.simpleName(annotation.getAnnotationType()).equals(name));
    }

    /**
     * Reads one mapping.
     *
     * @param types of the module
     */
    private record Reader(String owner, Map<String, JavaSource.Type> types, List<Setting> settings) {
        void read(String prefix, JavaSource.Type type) {
            for (Tree member : type.tree().getMembers()) {
                if (member instanceof MethodTree method
                        && method.getModifiers().getFlags().stream().noneMatch(WITH_BODY::contains)) {
                    boolean parents = annotations(method.getModifiers(), "WithParentName")
                            .findAny()
                            .isPresent();
                    descend(parents ? prefix : prefix + "." + name(method), method.getReturnType(), type);
                }
            }
        }

        private void descend(String key, Tree written, JavaSource.Type in) {
            Tree type = written instanceof AnnotatedTypeTree annotated ? annotated.getUnderlyingType() : written;
            if (type instanceof ParameterizedTypeTree generic) {
                Tree last = generic.getTypeArguments()
                        .get(generic.getTypeArguments().size() - 1);
                String raw = JavaSource.simpleName(generic.getType());
                if (raw.equals("Map")) {
                    descend(key + ".<name>", last, in);
                    return;
                }
                if (raw.equals("Optional") && group(last, in).isPresent()) {
                    descend(key, last, in);
                    return;
                }
            }
            group(type, in).ifPresentOrElse(group -> read(key, group), () -> settings.add(new Setting(key, owner)));
        }

        /** The interface of this module that the type names. */
        private Optional<JavaSource.Type> group(Tree type, JavaSource.Type in) {
            return in.candidates(JavaSource.simpleName(type)).stream()
                    .flatMap(name -> Optional.ofNullable(types.get(name)).stream())
                    .findFirst()
                    .filter(found -> found.tree().getKind() == Tree.Kind.INTERFACE);
        }

        private static String name(MethodTree method) {
            return argument(method.getModifiers(), "WithName")
                    .orElseGet(() -> method.getName()
                            .toString()
                            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                            .toLowerCase(Locale.ROOT));
        }
    }
}
