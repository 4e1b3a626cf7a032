package dev.dunlin.engines;

import dev.dunlin.rules.ModuleRules;

class RulesTest extends ModuleRules {
    RulesTest() {
        super("dev.dunlin.engines");
    }
}
