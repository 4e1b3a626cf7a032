package dev.dunlin.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/**
 * The rules for any module. The module under test is the one whose directory Maven or an IDE runs
 * the tests in.
 */
public abstract class ModuleRules {
    /** Read once, since JUnit makes an object of the test class for each method. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPath(Path.of(System.getProperty("basedir", "")).resolve("target/classes"));

    private final String root;

    /** @param root the package that all classes of the module are in */
    protected ModuleRules(String root) {
        this.root = root;
    }

    /** The classes of the module under test, without its tests. */
    protected static JavaClasses ownClasses() {
        return CLASSES;
    }

    /** The package that all classes of the module are in. */
    protected final String root() {
        return root;
    }

    @Test
    public void thereIsSomethingToCheckAndItIsInTheModulesPackage() {
        assertThat(CLASSES).isNotEmpty();
        assertThat(CLASSES.that(DescribedPredicate.not(resideInAPackage(root + ".."))))
                .isEmpty();
    }

    @Test
    public void nothingIsStaticAndChanges() {
        fields().that()
                .areStatic()
                .and(DescribedPredicate.describe(
                        "are written by people", field -> !field.getModifiers().contains(SYNTHETIC)))
                .should()
                .haveModifier(FINAL)
                .check(CLASSES);
    }

    @Test
    public void timeIsGivenAndNotTakenExceptWhereThingsAreComposed() {
        noClasses()
                .that(DescribedPredicate.not(composes()))
                .should()
                .callMethodWhere(readsTheClock())
                .because("a Clock is injected, so that tests move time by hand")
                .allowEmptyShould(true) // two modules do nothing but compose
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> composes() {
        return resideInAPackage("..config..")
                .or(resideInAnyPackage("dev.dunlin.engines..", "dev.dunlin.localstack.."))
                .or(DescribedPredicate.describe(
                        "a builder or a main class",
                        type -> type.getSimpleName().endsWith("Builder")
                                || type.getSimpleName().endsWith("Main")));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return DescribedPredicate.describe("reads the machine's clock", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            boolean now = name.equals("now")
                    && (owner.isEquivalentTo(Instant.class)
                            || owner.isEquivalentTo(LocalDateTime.class)
                            || owner.isEquivalentTo(ZonedDateTime.class));
            boolean clock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
            boolean system = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
            return now || clock || system;
        });
    }
}
