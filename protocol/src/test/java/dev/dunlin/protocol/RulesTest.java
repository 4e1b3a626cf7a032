package dev.dunlin.protocol;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.dunlin.rules.NativeRules;
import org.junit.jupiter.api.Test;

class RulesTest extends NativeRules {
    RulesTest() {
        super("dev.dunlin.protocol");
    }

    @Test
    void theProtocolKnowsNobody() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.dunlin..")
                        .and(DescribedPredicate.not(resideInAPackage("dev.dunlin.protocol.."))))
                .check(ownClasses());
    }
}
