package dev.dunlin.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java files as the compiler reads them, before anything is compiled. */
final class JavaSource {
    private JavaSource() {}

    /**
     * A type, top-level or nested.
     *
     * @param name with its package and the types around it
     */
    record Type(String name, ClassTree tree, CompilationUnitTree file) {
        /**
         * The qualified names that a simple name may stand for here, in the order in which the
         * language looks.
         */
        List<String> candidates(String simple) {
            String inPackage = String.valueOf(file.getPackageName());
            List<String> names = new ArrayList<>();
            for (String around = name;
                    !around.equals(inPackage);
                    around = around.substring(0, around.lastIndexOf('.'))) {
                names.add(around + "." + simple);
            }
            file.getImports().stream()
                    .map(line -> String.valueOf(line.getQualifiedIdentifier()))
                    .filter(imported -> imported.endsWith("." + simple))
                    .forEach(names::add);
            names.add(inPackage + "." + simple);
            return names;
        }
    }

    /** The types of these files by their names, nested ones included. */
    static Map<String, Type> types(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            Map<String, Type> all = new TreeMap<>();
            for (CompilationUnitTree file : task.parse()) {
                file.getTypeDecls().forEach(type -> add(String.valueOf(file.getPackageName()), type, file, all));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all Kafka topics: the list {@code ALL} of {@code Topics}. */
    static List<String> topics() {
        Path file = Checkout.root().resolve("protocol/src/main/java/dev/dunlin/protocol/kafka/Topics.java");
        List<VariableTree> constants = types(List.of(file)).values().stream()
                .flatMap(type -> type.tree().getMembers().stream())
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .toList();
        MethodInvocationTree all = (MethodInvocationTree) initializer(constants, "ALL");
        return all.getArguments().stream()
                .map(argument -> text(initializer(constants, simpleName(argument))))
                .toList();
    }

    /** The value of a string literal. */
    static String text(ExpressionTree expression) {
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no string literal: " + expression);
    }

    /** The last part of a name; empty for anything else. */
    static String simpleName(Tree name) {
        if (name instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        }
        return name instanceof MemberSelectTree select ? select.getIdentifier().toString() : "";
    }

    private static ExpressionTree initializer(List<VariableTree> constants, String name) {
        return constants.stream()
                .filter(constant -> constant.getName().contentEquals(name))
                .findFirst()
                .orElseThrow()
                .getInitializer();
    }

    private static void add(String around, Tree tree, CompilationUnitTree file, Map<String, Type> all) {
        if (tree instanceof ClassTree type) {
            String name = around + "." + type.getSimpleName();
            all.put(name, new Type(name, type, file));
            type.getMembers().forEach(member -> add(name, member, file, all));
        }
    }
}
