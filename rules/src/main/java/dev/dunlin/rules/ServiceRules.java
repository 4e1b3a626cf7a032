package dev.dunlin.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules for a service: features name their ports, adapters are named by technology,
 * {@code config} composes.
 */
public abstract class ServiceRules extends NativeRules {
    private static final String PREFIX = "dev.dunlin.";

    /** The last part of the packages of the services. */
    private static final List<String> SERVICES = List.of("connection", "message", "presence", "push");

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
            "dev.dunlin.connection.kafka.KafkaRecords");

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

    /** @param service the last part of its package */
    protected ServiceRules(String service) {
        super(PREFIX + service);
        assertThat(SERVICES).contains(service);
    }

    @Test
    public void theFeaturesOfAServiceHaveNoCycles() {
        slices().matching(root() + ".(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        resideInAnyPackage(ADAPTERS), alwaysTrue()) // they depend on features, nothing on them
                .check(ownClasses());
    }

    @Test
    public void onlyAdaptersKnowATechnology() {
        noClasses()
                .that(resideInAPackage(root() + "..").and(DescribedPredicate.not(resideInAnyPackage(ADAPTERS))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TECHNOLOGIES)
                .because("a feature names its ports; adapters are named by technology")
                .check(ownClasses());
    }

    @Test
    public void onlyTheCompositionRootAndOtherAdaptersKnowAnAdapter() {
        classes()
                .that(resideInAPackage(root() + "..").and(adapters()))
                .should()
                .onlyHaveDependentClassesThat(
                        resideInAPackage(root() + ".config..").or(adapters()))
                .because("a feature knows its port; config chooses the adapter")
                .check(ownClasses());
    }

    @Test
    public void anAdapterKnowsNoAdapterOfAnotherTechnology() {
        classes()
                .that(resideInAPackage(root() + "..").and(adapters()))
                .should(notDependOnAnotherTechnology(root()))
                .check(ownClasses());
    }

    @Test
    public void everyResourceSaysWhatItProduces() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .and()
                .areNotInterfaces()
                .should()
                .beAnnotatedWith("jakarta.ws.rs.Produces")
                .because("without it the framework reads Accept after the work is done, and may fail then")
                .check(ownClasses());
    }

    @Test
    public void noServiceKnowsAnother() {
        String[] others = SERVICES.stream()
                .map(other -> PREFIX + other)
                .filter(other -> !other.equals(root()))
                .map(other -> other + "..")
                .toArray(String[]::new);
        noClasses().should().dependOnClassesThat().resideInAnyPackage(others).check(ownClasses());
    }

    @Test
    public void everyMetricIsBuiltWithADescription() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "makes a meter that has none",
                        call -> call.getTargetOwner().isAssignableTo("io.micrometer.core.instrument.MeterRegistry")
                                && METERS.contains(call.getTarget().getName())))
                .because("Counter.builder, Gauge.builder and their like take a description")
                .check(ownClasses());
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
}
