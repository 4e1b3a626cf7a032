package dev.dunlin.examples.ticker;

import dev.dunlin.rules.ModuleRules;

class RulesTest extends ModuleRules {
    RulesTest() {
        super("dev.dunlin.examples.ticker");
    }
}
