package dev.dunlin.localstack;

import dev.dunlin.rules.ModuleRules;

class RulesTest extends ModuleRules {
    RulesTest() {
        super("dev.dunlin.localstack");
    }
}
