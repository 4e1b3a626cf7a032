package dev.dunlin.checker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.dunlin.rules.ModuleRules;
import org.junit.jupiter.api.Test;

class RulesTest extends ModuleRules {
    RulesTest() {
        super("dev.dunlin.checker");
    }

    @Test
    void theJudgementOfACheckIsAFunctionOfItsHistory() {
        noClasses()
                .that()
                .resideInAPackage("dev.dunlin.checker.verdict..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "dev.dunlin.client..",
                        "dev.dunlin.engines..",
                        "dev.dunlin.localstack..")
                .check(ownClasses());
    }
}
