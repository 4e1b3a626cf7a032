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
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
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

    /** A package with one of these names is an adapter. */
    private static final Set<String> ADAPTER_NAMES = Set.of(
            "redis",
            "kafka",
            "http",
            "rest",
            "postgres",
            "cassandra",
            "micrometer",
            "vertx",
            "jwt",
            "websocket",
            "webpush",
            "webhook");

    /** The short forms of {@code MeterRegistry}. */
    private static final Set<String> METERS = Set.of("counter", "gauge", "summary", "timer");

    /** What an adapter may use of an adapter of another technology, and why. */
    private static final Set<String> BORROWED = Set.of(
            // A WebSocket begins with an HTTP request, so its handshake is one.
            "dev.dunlin.connection.handshake.http.RequestCredentials",
            "dev.dunlin.connection.handshake.http.HandshakeRefusal",
            // A resource gets the caller's JWT from the framework, and needs it as an Identity.
            "dev.dunlin.connection.auth.jwt.JwtIdentities",
            // Ending a user's sessions only appends one record: a port would repeat this class.
            "dev.dunlin.connection.kafka.KafkaRecords",
            // The resource exists to publish the key of Web Push.
            "dev.dunlin.push.delivery.webpush.WebPushKey",
            "dev.dunlin.push.delivery.webpush.Vapid");

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
    void onlyTheCompositionRootAndOtherAdaptersKnowAnAdapter(String service) {
        String root = Modules.packageOf(service);
        classes()
                .that(resideInAPackage(root + "..").and(adapters()))
                .should()
                .onlyHaveDependentClassesThat(
                        resideInAPackage(root + ".config..").or(adapters()))
                .because("a feature knows its port; config chooses the adapter")
                .check(Modules.of(service));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void anAdapterKnowsNoAdapterOfAnotherTechnology(String service) {
        classes()
                .that(resideInAPackage(Modules.packageOf(service) + "..").and(adapters()))
                .should(notDependOnAnotherTechnology(Modules.packageOf(service)))
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
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "dev.dunlin.client..",
                        "dev.dunlin.engines..",
                        "dev.dunlin.localstack..")
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

    private static DescribedPredicate<JavaClass> adapters() {
        return DescribedPredicate.describe(
                "are in a package named after a technology",
                type -> technology(type).isPresent());
    }

    /** The technology of the innermost package that is named after one. */
    private static Optional<String> technology(JavaClass type) {
        return Arrays.stream(type.getPackageName().split("\\."))
                .filter(ADAPTER_NAMES::contains)
                .reduce((outer, inner) -> inner);
    }

    private static ArchCondition<JavaClass> notDependOnAnotherTechnology(String service) {
        return new ArchCondition<>("not depend on an adapter of another technology") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = technology(type).orElseThrow();
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    String other = technology(target).orElse(own);
                    boolean inside = target.getPackageName().startsWith(service);
                    if (inside && !other.equals(own) && !BORROWED.contains(target.getFullName())) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
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
