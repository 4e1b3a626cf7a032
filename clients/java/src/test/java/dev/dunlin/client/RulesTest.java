package dev.dunlin.client;

import dev.dunlin.rules.ModuleRules;

class RulesTest extends ModuleRules {
    RulesTest() {
        super("dev.dunlin.client");
    }
}
