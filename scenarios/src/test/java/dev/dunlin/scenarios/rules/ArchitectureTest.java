package dev.dunlin.scenarios.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ArchitectureTest {
    /** The services, for the tests that hold for each. */
    static final java.util.List<String> SERVICES = Modules.SERVICES;

    /** The last part of the packages that may know a technology; {@code config} composes. */
    private static final String[] ADAPTERS = {
        "..kafka..",
        "..redis..",
        "..postgres..",
        "..cassandra..",
        "..rest..",
        "..http..",
        "..websocket..",
        "..vertx..",
        "..micrometer..",
        "..metrics..",
        "..health..",
        "..config..",
        "..webhook..",
        "..webpush..",
        "dev.dunlin.presence.schedule.." // what Quarkus calls at times, and nothing else
    };

    /** The short forms of {@code MeterRegistry}. */
    private static final Set<String> METERS = Set.of("counter", "gauge", "summary", "timer");

    private static final String[] TECHNOLOGIES = {
        "io.quarkus..",
        "io.vertx..",
        "io.netty..",
        "io.smallrye.reactive..",
        "io.micrometer..",
        "org.apache.kafka..",
        "org.eclipse.microprofile.reactive..",
        "org.eclipse.microprofile.rest..",
        "org.eclipse.microprofile.health..",
        "jakarta.ws.rs..",
        "java.sql..",
        "javax.sql..",
        "com.datastax..",
        "java.net.http.."
    };

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theFeaturesOfAServiceHaveNoCycles(String service) {
        slices().matching(Modules.packageOf(service) + ".(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        resideInAnyPackage(ADAPTERS), alwaysTrue()) // they depend on features, nothing on them
                .check(Modules.of(service));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void onlyAdaptersKnowATechnology(String service) {
        noClasses()
                .that(resideInAPackage(Modules.packageOf(service) + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(ADAPTERS))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TECHNOLOGIES)
                .because("a feature names its ports; adapters are named by technology")
                .check(Modules.of(service));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyResourceSaysWhatItProduces(String service) {
        classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .and()
                .areNotInterfaces()
                .should()
                .beAnnotatedWith("jakarta.ws.rs.Produces")
                .because("without it the framework reads Accept after the work is done, and may fail then")
                .check(Modules.of(service));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void noServiceKnowsAnother(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> Modules.packageOf(other) + "..")
                .toArray(String[]::new);
        noClasses().should().dependOnClassesThat().resideInAnyPackage(others).check(Modules.of(service));
    }

    @Test
    void theProtocolKnowsNobody() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.dunlin..")
                        .and(DescribedPredicate.not(resideInAPackage("dev.dunlin.protocol.."))))
                .check(Modules.of("protocol"));
    }

    @Test
    void theJudgementOfACheckIsAFunctionOfItsHistory() {
        noClasses()
                .that(resideInAPackage("dev.dunlin.checker.verdict.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.net..", "java.nio..", "dev.dunlin.client..", "dev.dunlin.localstack..")
                .check(Modules.of("checker"));
    }

    @Test
    void nothingIsStaticAndChanges() {
        ArchRule rule = fields().that()
                .areStatic()
                .and(DescribedPredicate.describe(
                        "are written by people", field -> !field.getModifiers().contains(SYNTHETIC)))
                .should()
                .haveModifier(FINAL);
        rule.check(Modules.all());
    }

    @Test
    void timeIsGivenAndNotTakenExceptWhereThingsAreComposed() {
        JavaClasses all = Modules.all();
        noClasses()
                .that(DescribedPredicate.not(composes()))
                .should()
                .callMethodWhere(readsTheClock())
                .because("a Clock is injected, so that tests move time by hand")
                .check(all);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyMetricIsBuiltWithADescription(String service) {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "makes a meter that has none",
                        call -> call.getTargetOwner().isAssignableTo("io.micrometer.core.instrument.MeterRegistry")
                                && METERS.contains(call.getTarget().getName())))
                .because("Counter.builder, Gauge.builder and their like take a description")
                .check(Modules.of(service));
    }

    @Test
    void thereIsSomethingToCheck() {
        assertThat(SERVICES)
                .allSatisfy(service -> assertThat(Modules.of(service)).isNotEmpty());
    }

    private static DescribedPredicate<JavaClass> composes() {
        return resideInAPackage("..config..")
                .or(resideInAPackage("dev.dunlin.localstack.."))
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
