package dev.dunlin.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Records that are keys of maps or members of sets, as fields, parameters and results declare them.
 * The {@code equals} that javac gives a record is linked when it first runs (JVMS 25, section 6.5,
 * {@code invokedynamic}). Compiled code does not mind, but a native image interprets it on every
 * call.
 */
final class KeyRecords {
    private KeyRecords() {}

    /** The names of those whose {@code equals} is javac's. */
    static Set<String> comparedByJavac(JavaClasses classes) {
        Set<String> names = new TreeSet<>();
        classes.stream()
                .flatMap(type -> Stream.concat(
                        type.getFields().stream().map(JavaField::getType),
                        type.getMethods().stream().flatMap(KeyRecords::types)))
                .flatMap(KeyRecords::keys)
                .filter(JavaClass::isRecord)
                .filter(KeyRecords::hasEqualsOfJavac)
                .forEach(type -> names.add(type.getName()));
        return names;
    }

    private static Stream<JavaType> types(JavaMethod method) {
        return Stream.concat(method.getParameterTypes().stream(), Stream.of(method.getReturnType()));
    }

    private static Stream<JavaClass> keys(JavaType type) {
        if (!(type instanceof JavaParameterizedType parameterized)) {
            return Stream.empty();
        }
        JavaClass raw = parameterized.toErasure();
        Stream<JavaClass> inside =
                parameterized.getActualTypeArguments().stream().flatMap(KeyRecords::keys);
        boolean keyed = raw.isAssignableTo(Map.class) || raw.isAssignableTo(Set.class);
        return keyed
                ? Stream.concat(
                        inside,
                        Stream.of(parameterized.getActualTypeArguments().get(0).toErasure()))
                : inside;
    }

    /**
     * One that is written by hand reads the components; of javac's, only the linkage knows them.
     */
    private static boolean hasEqualsOfJavac(JavaClass type) {
        return type.tryGetMethod("equals", Object.class)
                .map(equals -> equals.getFieldAccesses().isEmpty())
                .orElse(false);
    }
}
